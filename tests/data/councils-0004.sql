BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE ballot_events (
	id INTEGER NOT NULL, 
	round BIGINT NOT NULL, 
	issue BIGINT NOT NULL, 
	seat BIGINT NOT NULL, 
	position VARCHAR, 
	version BIGINT NOT NULL, 
	person BIGINT NOT NULL, 
	at DATETIME NOT NULL, salt BLOB, 
	CONSTRAINT pk_ballot_events PRIMARY KEY (id), 
	CONSTRAINT ck_ballot_events_position CHECK (position IN ('independent', 'adjustment', 'prohibited', 'abstain')), 
	CONSTRAINT fk_ballot_events_issue_issues FOREIGN KEY(issue) REFERENCES issues (id), 
	CONSTRAINT fk_ballot_events_round_rounds FOREIGN KEY(round) REFERENCES rounds (id), 
	CONSTRAINT fk_ballot_events_seat_seats FOREIGN KEY(seat) REFERENCES seats (id)
);
INSERT INTO "ballot_events" VALUES(1,1,1,2,'prohibited',1,900000000000000101,'2026-01-05 12:00:00.000000',X'00000000000000000000000000000018');
INSERT INTO "ballot_events" VALUES(2,1,1,3,'prohibited',1,-43,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "ballot_events" VALUES(3,1,1,4,'prohibited',1,900000000000000103,'2026-01-05 12:00:00.000000',X'0000000000000000000000000000001C');
INSERT INTO "ballot_events" VALUES(4,1,1,5,'prohibited',1,900000000000000104,'2026-01-05 12:00:00.000000',X'0000000000000000000000000000001E');
INSERT INTO "ballot_events" VALUES(5,1,1,6,'prohibited',1,900000000000000105,'2026-01-05 12:00:00.000000',X'00000000000000000000000000000020');
INSERT INTO "ballot_events" VALUES(6,1,1,7,'prohibited',1,900000000000000106,'2026-01-05 12:00:00.000000',X'00000000000000000000000000000022');
INSERT INTO "ballot_events" VALUES(7,1,1,2,'adjustment',1,900000000000000101,'2026-01-05 12:00:00.000000',X'00000000000000000000000000000024');
INSERT INTO "ballot_events" VALUES(8,2,2,1,'prohibited',1,900000000000000101,'2026-01-05 12:00:00.000000',X'00000000000000000000000000000027');
INSERT INTO "ballot_events" VALUES(9,3,1,4,'adjustment',1,900000000000000103,'2026-01-08 13:00:00.000000',X'0000000000000000000000000000002F');
INSERT INTO "ballot_events" VALUES(10,3,1,5,'adjustment',1,900000000000000104,'2026-01-08 13:00:00.000000',X'00000000000000000000000000000031');
INSERT INTO "ballot_events" VALUES(11,3,3,6,'adjustment',1,900000000000000105,'2026-01-08 13:00:00.000000',X'00000000000000000000000000000033');
INSERT INTO "ballot_events" VALUES(12,3,1,8,'adjustment',1,900000000000000109,'2026-01-08 13:00:00.000000',X'00000000000000000000000000000037');
INSERT INTO "ballot_events" VALUES(13,3,1,5,NULL,1,900000000000000104,'2026-01-08 13:00:00.000000',X'00000000000000000000000000000039');
INSERT INTO "ballot_events" VALUES(14,4,4,9,'prohibited',1,900000000000000120,'2026-01-08 13:00:00.000000',X'00000000000000000000000000000050');
INSERT INTO "ballot_events" VALUES(15,4,4,10,'prohibited',1,900000000000000121,'2026-01-08 13:00:00.000000',X'00000000000000000000000000000053');
INSERT INTO "ballot_events" VALUES(16,4,4,11,'prohibited',1,900000000000000122,'2026-01-08 13:00:00.000000',X'00000000000000000000000000000056');
INSERT INTO "ballot_events" VALUES(17,4,4,12,'prohibited',1,900000000000000123,'2026-01-08 13:00:00.000000',X'00000000000000000000000000000059');
INSERT INTO "ballot_events" VALUES(18,4,4,13,'prohibited',1,900000000000000124,'2026-01-08 13:00:00.000000',X'0000000000000000000000000000005C');
INSERT INTO "ballot_events" VALUES(19,4,4,14,'independent',1,900000000000000125,'2026-01-08 13:00:00.000000',X'0000000000000000000000000000005F');
CREATE TABLE "ballots" (
	round BIGINT NOT NULL, 
	issue BIGINT NOT NULL, 
	seat BIGINT NOT NULL, 
	position VARCHAR NOT NULL, 
	version BIGINT NOT NULL, 
	cast_at DATETIME NOT NULL, 
	proxy BIGINT, 
	CONSTRAINT pk_ballots PRIMARY KEY (round, issue, seat), 
	CONSTRAINT fk_ballots_round_rounds FOREIGN KEY(round) REFERENCES rounds (id), 
	CONSTRAINT fk_ballots_seat_seats FOREIGN KEY(seat) REFERENCES seats (id), 
	CONSTRAINT ck_ballots_position CHECK (position IN ('independent', 'adjustment', 'prohibited', 'abstain')), 
	CONSTRAINT fk_ballots_issue_issues FOREIGN KEY(issue) REFERENCES issues (id), 
	CONSTRAINT fk_ballots_proxy_seats FOREIGN KEY(proxy) REFERENCES seats (id)
);
INSERT INTO "ballots" VALUES(1,1,2,'adjustment',1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(1,1,3,'prohibited',1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(1,1,4,'prohibited',1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(1,1,5,'prohibited',1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(1,1,6,'prohibited',1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(1,1,7,'prohibited',1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(2,2,1,'prohibited',1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(3,1,4,'adjustment',1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(3,3,6,'adjustment',1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(3,1,8,'adjustment',1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(4,4,9,'prohibited',1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(4,4,10,'prohibited',1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(4,4,11,'prohibited',1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(4,4,12,'prohibited',1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(4,4,13,'prohibited',1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "ballots" VALUES(4,4,14,'independent',1,'2026-01-08 13:00:00.000000',NULL);
CREATE TABLE barred (
	council BIGINT NOT NULL, 
	person BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_barred PRIMARY KEY (council, person), 
	CONSTRAINT fk_barred_council_councils FOREIGN KEY(council) REFERENCES councils (id)
);
INSERT INTO "barred" VALUES(3,900000000000000140,'2026-01-08 13:00:00.000000');
CREATE TABLE councils (
	id INTEGER NOT NULL, 
	guild BIGINT NOT NULL, 
	channel BIGINT NOT NULL, 
	name VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	rules TEXT NOT NULL, 
	chair_role BIGINT, 
	voter_role BIGINT, 
	created_at DATETIME NOT NULL, closed_at DATETIME, 
	CONSTRAINT pk_councils PRIMARY KEY (id), 
	CONSTRAINT uq_councils_channel UNIQUE (channel)
);
INSERT INTO "councils" VALUES(1,1,700000000000000001,'The council','en','{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false}',NULL,NULL,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "councils" VALUES(2,1,700000000000000002,'The council','en','{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false}',NULL,NULL,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "councils" VALUES(3,1,700000000000000003,'The council','en','{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[1,2],"more_than":true}}],"floor":null,"sustained":1,"vetoes":false},"blocking_minority":null,"claims":true,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":false,"preset":"simple-majority","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[1,2],"more_than":true}}],"floor":null,"sustained":1,"vetoes":false},"quorum":{"least":0,"share":{"fraction":[1,3],"more_than":false}},"reason_required":false,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"secret","threads":false}',NULL,NULL,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "councils" VALUES(4,1,700000000000000004,'The council','en','{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false}',NULL,NULL,'2026-01-09 13:00:00.000000','2026-01-09 13:00:00.000000');
CREATE TABLE docket (
	round BIGINT NOT NULL, 
	issue BIGINT NOT NULL, 
	number BIGINT NOT NULL, 
	title VARCHAR NOT NULL, 
	version BIGINT NOT NULL, 
	place BIGINT NOT NULL, 
	CONSTRAINT pk_docket PRIMARY KEY (round, issue), 
	CONSTRAINT fk_docket_issue_issues FOREIGN KEY(issue) REFERENCES issues (id), 
	CONSTRAINT fk_docket_round_rounds FOREIGN KEY(round) REFERENCES rounds (id)
);
INSERT INTO "docket" VALUES(1,1,1,'Torture',1,1);
INSERT INTO "docket" VALUES(2,2,1,'Torture',1,1);
INSERT INTO "docket" VALUES(3,3,2,'Tariffs',1,1);
INSERT INTO "docket" VALUES(3,1,1,'Torture',1,2);
INSERT INTO "docket" VALUES(4,4,1,'Piracy',1,1);
CREATE TABLE drafts (
	council BIGINT NOT NULL, 
	person BIGINT NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject BIGINT NOT NULL, 
	typed TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_drafts PRIMARY KEY (council, person, kind, subject)
);
INSERT INTO "drafts" VALUES(1,900000000000000101,'issue',0,'{"title":"Member 1"}','2026-01-08 12:00:00.000000');
CREATE TABLE entitlements (
	round BIGINT NOT NULL, 
	seat BIGINT NOT NULL, 
	weight BIGINT NOT NULL, 
	veto BOOLEAN NOT NULL, 
	may_abstain BOOLEAN NOT NULL, 
	CONSTRAINT pk_entitlements PRIMARY KEY (round, seat), 
	CONSTRAINT ck_entitlements_weight CHECK (weight >= 0), 
	CONSTRAINT fk_entitlements_round_rounds FOREIGN KEY(round) REFERENCES rounds (id), 
	CONSTRAINT fk_entitlements_seat_seats FOREIGN KEY(seat) REFERENCES seats (id)
);
INSERT INTO "entitlements" VALUES(1,2,1,0,1);
INSERT INTO "entitlements" VALUES(1,3,1,0,1);
INSERT INTO "entitlements" VALUES(1,4,1,0,1);
INSERT INTO "entitlements" VALUES(1,5,1,0,1);
INSERT INTO "entitlements" VALUES(1,6,1,0,1);
INSERT INTO "entitlements" VALUES(1,7,1,0,1);
INSERT INTO "entitlements" VALUES(2,1,1,0,1);
INSERT INTO "entitlements" VALUES(3,2,1,0,1);
INSERT INTO "entitlements" VALUES(3,4,1,0,1);
INSERT INTO "entitlements" VALUES(3,5,1,0,1);
INSERT INTO "entitlements" VALUES(3,6,1,0,1);
INSERT INTO "entitlements" VALUES(3,7,1,0,1);
INSERT INTO "entitlements" VALUES(3,8,1,0,1);
INSERT INTO "entitlements" VALUES(4,9,1,0,1);
INSERT INTO "entitlements" VALUES(4,10,1,0,1);
INSERT INTO "entitlements" VALUES(4,11,1,0,1);
INSERT INTO "entitlements" VALUES(4,12,1,0,1);
INSERT INTO "entitlements" VALUES(4,13,1,0,1);
INSERT INTO "entitlements" VALUES(4,14,1,0,1);
INSERT INTO "entitlements" VALUES(4,15,1,0,1);
CREATE TABLE issue_seconds (
	issue BIGINT NOT NULL, 
	seat BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_issue_seconds PRIMARY KEY (issue, seat), 
	CONSTRAINT fk_issue_seconds_issue_issues FOREIGN KEY(issue) REFERENCES issues (id), 
	CONSTRAINT fk_issue_seconds_seat_seats FOREIGN KEY(seat) REFERENCES seats (id)
);
CREATE TABLE issue_versions (
	issue BIGINT NOT NULL, 
	version BIGINT NOT NULL, 
	title VARCHAR NOT NULL, 
	action TEXT NOT NULL, 
	why TEXT NOT NULL, 
	author BIGINT NOT NULL, 
	written_at DATETIME NOT NULL, 
	CONSTRAINT pk_issue_versions PRIMARY KEY (issue, version), 
	CONSTRAINT fk_issue_versions_issue_issues FOREIGN KEY(issue) REFERENCES issues (id)
);
INSERT INTO "issue_versions" VALUES(1,1,'Torture','In all its forms','',900000000000000101,'2026-01-05 12:00:00.000000');
INSERT INTO "issue_versions" VALUES(2,1,'Torture','In all its forms','',900000000000000101,'2026-01-05 12:00:00.000000');
INSERT INTO "issue_versions" VALUES(3,1,'Tariffs','Tariffs, in all its forms','',900000000000000001,'2026-01-08 13:00:00.000000');
INSERT INTO "issue_versions" VALUES(4,1,'Piracy','Piracy, in all its forms','',900000000000000001,'2026-01-08 13:00:00.000000');
CREATE TABLE "issues" (
	id INTEGER NOT NULL, 
	council BIGINT NOT NULL, 
	number BIGINT NOT NULL, 
	version BIGINT NOT NULL, 
	status VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	sustained BIGINT NOT NULL, 
	wavering BIGINT NOT NULL, 
	under_review BOOLEAN NOT NULL, 
	proposer BIGINT NOT NULL, 
	proposed_at DATETIME NOT NULL, 
	withdrawn_at DATETIME, 
	last_round BIGINT NOT NULL, 
	ruled BOOLEAN NOT NULL, 
	replaces BIGINT, 
	merged_into BIGINT, 
	note TEXT NOT NULL, 
	CONSTRAINT pk_issues PRIMARY KEY (id), 
	CONSTRAINT ck_issues_category CHECK (category IN ('independent', 'adjustment', 'prohibited')), 
	CONSTRAINT ck_issues_sustained CHECK (sustained >= 0), 
	CONSTRAINT ck_issues_wavering CHECK (wavering >= 0), 
	CONSTRAINT fk_issues_council_councils FOREIGN KEY(council) REFERENCES councils (id), 
	CONSTRAINT uq_issues_council_number UNIQUE (council, number), 
	CONSTRAINT ck_issues_status CHECK (status IN ('open', 'withdrawn', 'merged', 'hidden'))
);
INSERT INTO "issues" VALUES(1,1,1,1,'open','adjustment',0,0,0,900000000000000101,'2026-01-05 12:00:00.000000',NULL,1,1,NULL,NULL,'');
INSERT INTO "issues" VALUES(2,2,1,1,'open','independent',0,0,0,900000000000000101,'2026-01-05 12:00:00.000000',NULL,1,1,NULL,NULL,'');
INSERT INTO "issues" VALUES(3,1,2,1,'open','independent',0,0,0,900000000000000001,'2026-01-08 13:00:00.000000',NULL,0,0,NULL,NULL,'');
INSERT INTO "issues" VALUES(4,3,1,1,'open','adjustment',0,0,0,900000000000000001,'2026-01-08 13:00:00.000000',NULL,1,1,NULL,NULL,'');
CREATE TABLE "messages" (
	kind VARCHAR NOT NULL, 
	subject BIGINT NOT NULL, 
	channel BIGINT NOT NULL, 
	message BIGINT NOT NULL, 
	posted_at DATETIME NOT NULL, 
	edited_at DATETIME NOT NULL, 
	CONSTRAINT pk_messages PRIMARY KEY (kind, subject), 
	CONSTRAINT ck_messages_kind CHECK (kind IN ('card', 'round', 'result', 'reminder', 'notice', 'board', 'roll_call'))
);
CREATE TABLE people (
	person BIGINT NOT NULL, 
	language VARCHAR, 
	reminders VARCHAR NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (person), 
	CONSTRAINT ck_people_reminders CHECK (reminders IN ('mention', 'direct', 'none'))
);
INSERT INTO "people" VALUES(900000000000000101,'fr','direct','2026-01-08 12:00:00.000000');
CREATE TABLE "posts" (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	council BIGINT NOT NULL, 
	kind VARCHAR NOT NULL, 
	subject BIGINT NOT NULL, 
	due_at DATETIME NOT NULL, 
	data TEXT NOT NULL, 
	attempts BIGINT NOT NULL, 
	again_at DATETIME, 
	held_until DATETIME, 
	done_at DATETIME, 
	error TEXT, 
	CONSTRAINT fk_posts_council_councils FOREIGN KEY(council) REFERENCES councils (id), 
	CONSTRAINT ck_posts_kind CHECK (kind IN ('card', 'round', 'result', 'reminder', 'notice', 'board', 'roll_call'))
);
INSERT INTO "posts" VALUES(1,1,'card',1,'2026-01-05 12:00:00.000000','{}',0,'2026-01-05 12:00:00.000000',NULL,NULL,NULL);
INSERT INTO "posts" VALUES(2,2,'card',2,'2026-01-05 12:00:00.000000','{}',0,'2026-01-05 12:00:00.000000',NULL,NULL,NULL);
INSERT INTO "posts" VALUES(6,1,'round',1,'2026-01-05 12:00:00.000000','{}',0,'2026-01-05 12:00:00.000000',NULL,NULL,NULL);
INSERT INTO "posts" VALUES(24,2,'round',2,'2026-01-05 12:00:00.000000','{}',0,'2026-01-05 12:00:00.000000',NULL,NULL,NULL);
INSERT INTO "posts" VALUES(27,1,'result',1,'2026-01-08 12:00:00.000000','{}',0,NULL,NULL,NULL,NULL);
INSERT INTO "posts" VALUES(30,2,'result',2,'2026-01-08 12:00:00.000000','{}',0,NULL,NULL,NULL,NULL);
INSERT INTO "posts" VALUES(33,1,'card',3,'2026-01-08 13:00:00.000000','{}',0,'2026-01-08 13:00:00.000000',NULL,NULL,NULL);
INSERT INTO "posts" VALUES(34,1,'reminder',3,'2026-01-11 12:00:00.000000','{"last":true}',0,NULL,NULL,NULL,NULL);
INSERT INTO "posts" VALUES(35,1,'reminder',3,'2026-01-10 13:00:00.000000','{"last":false}',0,NULL,NULL,NULL,NULL);
INSERT INTO "posts" VALUES(38,1,'round',3,'2026-01-08 13:00:00.000000','{}',0,'2026-01-08 13:00:00.000000',NULL,NULL,NULL);
INSERT INTO "posts" VALUES(49,3,'card',4,'2026-01-08 13:00:00.000000','{}',0,'2026-01-08 13:00:00.000000',NULL,NULL,NULL);
INSERT INTO "posts" VALUES(52,3,'round',4,'2026-01-08 13:00:00.000000','{}',0,'2026-01-08 13:00:00.000000',NULL,NULL,NULL);
INSERT INTO "posts" VALUES(65,3,'result',4,'2026-01-09 13:00:00.000000','{}',0,NULL,NULL,NULL,NULL);
INSERT INTO "posts" VALUES(68,3,'roll_call',3,'2026-01-09 13:00:00.000000','{}',0,'2026-01-09 13:00:00.000000',NULL,NULL,NULL);
CREATE TABLE proxies (
	seat BIGINT NOT NULL, 
	issue BIGINT NOT NULL, 
	council BIGINT NOT NULL, 
	proxy BIGINT NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_proxies PRIMARY KEY (seat, issue), 
	CONSTRAINT fk_proxies_council_councils FOREIGN KEY(council) REFERENCES councils (id), 
	CONSTRAINT fk_proxies_proxy_seats FOREIGN KEY(proxy) REFERENCES seats (id), 
	CONSTRAINT fk_proxies_seat_seats FOREIGN KEY(seat) REFERENCES seats (id)
);
INSERT INTO "proxies" VALUES(2,0,1,3,'2026-01-08 12:00:00.000000');
INSERT INTO "proxies" VALUES(7,0,1,4,'2026-01-08 13:00:00.000000');
CREATE TABLE "reasons" (
	id INTEGER NOT NULL, 
	round BIGINT NOT NULL, 
	issue BIGINT NOT NULL, 
	seat BIGINT NOT NULL, 
	position VARCHAR, 
	text TEXT NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_reasons PRIMARY KEY (id), 
	CONSTRAINT ck_reasons_position CHECK (position IN ('independent', 'adjustment', 'prohibited', 'abstain')), 
	CONSTRAINT fk_reasons_seat_seats FOREIGN KEY(seat) REFERENCES seats (id), 
	CONSTRAINT uq_reasons_round_issue_seat UNIQUE (round, issue, seat), 
	CONSTRAINT fk_reasons_issue_issues FOREIGN KEY(issue) REFERENCES issues (id), 
	CONSTRAINT fk_reasons_round_rounds FOREIGN KEY(round) REFERENCES rounds (id)
);
INSERT INTO "reasons" VALUES(1,1,1,2,'adjustment','It burns those who never consented. Or so I thought.','2026-01-05 12:00:00.000000');
INSERT INTO "reasons" VALUES(2,1,1,3,'prohibited','','2026-01-05 12:00:00.000000');
INSERT INTO "reasons" VALUES(3,1,1,4,'prohibited','It harms.','2026-01-05 12:00:00.000000');
INSERT INTO "reasons" VALUES(4,1,1,5,'prohibited','It harms.','2026-01-05 12:00:00.000000');
INSERT INTO "reasons" VALUES(5,1,1,6,'prohibited','It harms.','2026-01-05 12:00:00.000000');
INSERT INTO "reasons" VALUES(6,1,1,7,'prohibited','It harms.','2026-01-05 12:00:00.000000');
INSERT INTO "reasons" VALUES(7,2,2,1,'prohibited','It burns those who never consented. Abroad.','2026-01-05 12:00:00.000000');
INSERT INTO "reasons" VALUES(8,3,1,4,'adjustment','It harms those who had no say.','2026-01-08 13:00:00.000000');
INSERT INTO "reasons" VALUES(9,3,1,5,'adjustment','It harms those who had no say.','2026-01-08 13:00:00.000000');
INSERT INTO "reasons" VALUES(10,3,3,6,'adjustment','It harms those who had no say.','2026-01-08 13:00:00.000000');
INSERT INTO "reasons" VALUES(11,3,1,8,'adjustment','It harms those who had no say.','2026-01-08 13:00:00.000000');
INSERT INTO "reasons" VALUES(12,4,4,9,'prohibited','It harms those who had no say.','2026-01-08 13:00:00.000000');
INSERT INTO "reasons" VALUES(13,4,4,10,'prohibited','It harms those who had no say.','2026-01-08 13:00:00.000000');
INSERT INTO "reasons" VALUES(14,4,4,11,'prohibited','It harms those who had no say.','2026-01-08 13:00:00.000000');
INSERT INTO "reasons" VALUES(15,4,4,12,'prohibited','It harms those who had no say.','2026-01-08 13:00:00.000000');
INSERT INTO "reasons" VALUES(16,4,4,13,'prohibited','It harms those who had no say.','2026-01-08 13:00:00.000000');
INSERT INTO "reasons" VALUES(17,4,4,14,'independent','It harms those who had no say.','2026-01-08 13:00:00.000000');
CREATE TABLE recognised (
	commitment VARCHAR NOT NULL, 
	salt BLOB NOT NULL, 
	council BIGINT NOT NULL, 
	round BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_recognised PRIMARY KEY (commitment), 
	CONSTRAINT fk_recognised_council_councils FOREIGN KEY(council) REFERENCES councils (id)
);
CREATE TABLE record_entries (
	council BIGINT NOT NULL, 
	"index" BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR NOT NULL, 
	data TEXT NOT NULL, 
	previous VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	CONSTRAINT pk_record_entries PRIMARY KEY (council, "index"), 
	CONSTRAINT fk_record_entries_council_councils FOREIGN KEY(council) REFERENCES councils (id)
);
INSERT INTO "record_entries" VALUES(1,1,'2026-01-05 12:00:00.000000','council founded','{"by":"e964ec7d80b8bcca671af45ab7f213e9136ba0abf75111f740e11beb58ec8494","name":"37f583a607acdb369258babe0e4edccaad70cf741bd3e3afcc79b2c72ccab7df","rules":{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false}}','f329bdfbf4c77edc6c754461a70c7dd1ba99ce0010db3aa79acdf50189015cd1','bba468b91c382212e2e59abc1f3145936c4520e509c0beae41f1839c9a296de9');
INSERT INTO "record_entries" VALUES(2,1,'2026-01-05 12:00:00.000000','council founded','{"by":"d083d5394ddc09ab476668f1bb5d8f4870ad1ec630761b7bd0a139dbc82a85b0","name":"d66b033749e1a9ecd51538e60c87bec7984d4631d4c037c980bd1a0f40a1a341","rules":{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false}}','82828adb17b36a54656edb575e54eb2fa15e4fa4234256074f6b0246e45781e3','7b1477da0912e82da516ed1df5cfae064eef5ab4a2264094a86cbe29fd2aee8e');
INSERT INTO "record_entries" VALUES(2,2,'2026-01-05 12:00:00.000000','seat taken','{"holders":["a3766107929dfa6c98531c45d0b235d8e239ddf691ac54f7c618c260b9afb5d4"],"may_abstain":true,"name":"ad894554d20a1ef6cb548be8bdc8c180dc6346cb6a42b843d8839d9d750441fa","observer":false,"seat":1,"seat_kind":"delegation","veto":false,"weight":1}','7b1477da0912e82da516ed1df5cfae064eef5ab4a2264094a86cbe29fd2aee8e','720f035cc4e645cb926d687f58000e642dcf06e0b0587a79feded4e13da156ae');
INSERT INTO "record_entries" VALUES(1,2,'2026-01-05 12:00:00.000000','issue proposed','{"by":"846c3d13a15eb496aed6a306b18b0200b006192b2fa2783fc6f2669c6649da8e","issue":1,"number":1,"text":"ab89d83410eb078a5492e05640b6e7fbf418bbbcc2cc8932c0ed9e46ffd4b299","version":1}','bba468b91c382212e2e59abc1f3145936c4520e509c0beae41f1839c9a296de9','d45db6b19d97a8c7a9ca481c6ff2aae73cbabab77dce2b55415a30c30137dd60');
INSERT INTO "record_entries" VALUES(2,3,'2026-01-05 12:00:00.000000','issue proposed','{"by":"81539bae321432c38a820c118523649e80c1a7b0d5d696c8550bc3fcc86bcb06","issue":2,"number":1,"text":"198aec0759f9da4529077ab9005e46f09adf4233d8b24f37efabdcfe5df85164","version":1}','720f035cc4e645cb926d687f58000e642dcf06e0b0587a79feded4e13da156ae','fb4a64493d7c0a8c6c7177d705e7a44bd0308c12c8a393f35872e0c217cb35ab');
INSERT INTO "record_entries" VALUES(1,3,'2026-01-05 12:00:00.000000','seat taken','{"holders":["79280a49651a271ac134f3403bb6165681997e8bc3690246ebbbc96f7cf624ae"],"may_abstain":true,"name":"447277417eecabe2dfc96c05bf7a908dc313967302c930daf84b23787180e589","observer":false,"seat":2,"seat_kind":"person","veto":false,"weight":1}','d45db6b19d97a8c7a9ca481c6ff2aae73cbabab77dce2b55415a30c30137dd60','fce18e08f4c5e315788c099250cf5046ed11e04daf28d9b6606d63975b5da4a3');
INSERT INTO "record_entries" VALUES(1,4,'2026-01-05 12:00:00.000000','seat taken','{"holders":["2f0d2b295e8b51bbea67af472e10d56afb7cce96a575fc66f47afcc72314d3cd"],"may_abstain":true,"name":"21ee743ead38f5e5c5055a55331a5d667672d58c656e35389211cf4d64a1f4e4","observer":false,"seat":3,"seat_kind":"person","veto":false,"weight":1}','fce18e08f4c5e315788c099250cf5046ed11e04daf28d9b6606d63975b5da4a3','b331644664f0f99f11740c77eae475c2a6a88570d8ec14aa89941f5ea1e5d180');
INSERT INTO "record_entries" VALUES(1,5,'2026-01-05 12:00:00.000000','seat taken','{"holders":["f36e1c3697e82d47e3e6b67025cf85e9b20366c93524de7446f49a75df144dcd"],"may_abstain":true,"name":"43e7d4eaa147fcfbc3bda17b8b139aa5e5ff52418d039e76b42923f6b1ecff49","observer":false,"seat":4,"seat_kind":"person","veto":false,"weight":1}','b331644664f0f99f11740c77eae475c2a6a88570d8ec14aa89941f5ea1e5d180','215a0455bd9e63e2a69a01cfd95e6d06fc1275c3e92d0590140267b8f8b6ac8c');
INSERT INTO "record_entries" VALUES(1,6,'2026-01-05 12:00:00.000000','seat taken','{"holders":["3449000c91a97dd14cc81b591ad8877b38a81b81fd53bbe329b8f8ffcfdf6d89"],"may_abstain":true,"name":"a7752da5c0f2a294977c1034a832a39978e049334dabf4c013f2c2b97b39e803","observer":false,"seat":5,"seat_kind":"person","veto":false,"weight":1}','215a0455bd9e63e2a69a01cfd95e6d06fc1275c3e92d0590140267b8f8b6ac8c','c52f35a19fea92f17a89dcdc475d99e14cdeef31b732502f79d115c56f551183');
INSERT INTO "record_entries" VALUES(1,7,'2026-01-05 12:00:00.000000','seat taken','{"holders":["8cfb43a5fcfe1266e0c44c191bfa7110efbe5d09943b21635b8b2dfc07d32e02"],"may_abstain":true,"name":"2ead2d141ffd577e0faf05bf55d2bcdb3c3add081460cba4c3e4d7d807aff0c3","observer":false,"seat":6,"seat_kind":"person","veto":false,"weight":1}','c52f35a19fea92f17a89dcdc475d99e14cdeef31b732502f79d115c56f551183','ea3c044ba9ba2f4a2dae4f6058646b1354df7f2a379e4ff74ba227982f3052f5');
INSERT INTO "record_entries" VALUES(1,8,'2026-01-05 12:00:00.000000','seat taken','{"holders":["ef56bc9a1a8848aed268ff0ea3eda1d8d4ace4bd16ecca1ee23e986eae1d0eb4"],"may_abstain":true,"name":"2a5d9a067a42b2a0fa871ffa9e20ca60f52a251e8933f306ac0b868f68695cce","observer":false,"seat":7,"seat_kind":"person","veto":false,"weight":1}','ea3c044ba9ba2f4a2dae4f6058646b1354df7f2a379e4ff74ba227982f3052f5','522e0fb4ba8ca27e947ff97f713c1f1861e7b7f81c819d241cbe1306025fee41');
INSERT INTO "record_entries" VALUES(1,9,'2026-01-05 12:00:00.000000','round opened','{"by":"8405c1e73b61afc88aa7832962d8e4425f7bd531877010f38ae94a67e4e61f63","closes_at":1767873600,"docket":[{"issue":1,"number":1,"version":1}],"entitled":[{"seat":2,"veto":false,"weight":1},{"seat":3,"veto":false,"weight":1},{"seat":4,"veto":false,"weight":1},{"seat":5,"veto":false,"weight":1},{"seat":6,"veto":false,"weight":1},{"seat":7,"veto":false,"weight":1}],"number":1,"round":1,"rules":{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false},"scheduled":false}','522e0fb4ba8ca27e947ff97f713c1f1861e7b7f81c819d241cbe1306025fee41','f0a86d8110d8b2615fb1a155a22450e79050f77acdb1343512c09f646dfc0306');
INSERT INTO "record_entries" VALUES(1,10,'2026-01-05 12:00:00.000000','ballots cast','{"ballots":[{"by":"c62a4029f890438da1807b2b0e4f3b1b0e9dfc2ff96ff96108fc762b6e5f9a7b","issue":1,"position":"prohibited","reason":"c766386086b726f4dda6ccb61ddf029761ad088e8a1668acc70c3d8d0214ee9a","seat":2,"version":1}],"round":1}','f0a86d8110d8b2615fb1a155a22450e79050f77acdb1343512c09f646dfc0306','e4ff7f89c744010e7e26e35997cdde9c2c07f718a4fddc6591f959edceb0106d');
INSERT INTO "record_entries" VALUES(1,11,'2026-01-05 12:00:00.000000','ballots cast','{"ballots":[{"by":"2dad1b1d9ebbf2ad4c70a46770abf65f2fc90b4ac86a4c0fadca6cb735742239","issue":1,"position":"prohibited","reason":"ccb03389613b074908c05687b157ad7693622117ba0dd6da663187e4a9980ca0","seat":3,"version":1}],"round":1}','e4ff7f89c744010e7e26e35997cdde9c2c07f718a4fddc6591f959edceb0106d','4b1d73d1145a47720bd7453972c6477541466206ef523e9d1631ab867bfaccc7');
INSERT INTO "record_entries" VALUES(1,12,'2026-01-05 12:00:00.000000','ballots cast','{"ballots":[{"by":"933e1d47fed2286bfaa8ffe09679791136ec100b913bc918f05e24b09158934a","issue":1,"position":"prohibited","reason":"f5a5971708f76c1db2d3465cd67064fced4fa266c5d77be673d4e87f81e4a91d","seat":4,"version":1}],"round":1}','4b1d73d1145a47720bd7453972c6477541466206ef523e9d1631ab867bfaccc7','2a63fd46fa986d43781bdaf08c16f6ceb732a027191270f8f0b5722fe76e2187');
INSERT INTO "record_entries" VALUES(1,13,'2026-01-05 12:00:00.000000','ballots cast','{"ballots":[{"by":"565f6865800ef045ae4fe0f9247bdc5933b0d3e7cf009dcd693dc9398bd68083","issue":1,"position":"prohibited","reason":"e94b474c05d2ca04fe16690e4f21130391fdaf2a5a171f8069ff4b0ce1c4e138","seat":5,"version":1}],"round":1}','2a63fd46fa986d43781bdaf08c16f6ceb732a027191270f8f0b5722fe76e2187','9b1a6fcc1fe5c2aefbba7b15b8e8dbbacdf28cf2b6fa0d4d2e7217370894133e');
INSERT INTO "record_entries" VALUES(1,14,'2026-01-05 12:00:00.000000','ballots cast','{"ballots":[{"by":"9c886615ca686fcd69704516ab5f5711aed05c944afdbef85077dfe32f485c8f","issue":1,"position":"prohibited","reason":"edeedcc4ecef874b92b987e2a0596157f54bce71c15bdf635d3b51cfbe61a45c","seat":6,"version":1}],"round":1}','9b1a6fcc1fe5c2aefbba7b15b8e8dbbacdf28cf2b6fa0d4d2e7217370894133e','63c50cab44039030ce42b37e72c2b0fe69aa1dfd6d9d52e634b6164541e02a67');
INSERT INTO "record_entries" VALUES(1,15,'2026-01-05 12:00:00.000000','ballots cast','{"ballots":[{"by":"5b1d017df3fed79fc63bf29daeff9f28b3d7f39114073e79e45de78a2290e0f9","issue":1,"position":"prohibited","reason":"81e5005c6fdde2b989766a686337512968bec7f54fbbb6f926dc68d553f3a64d","seat":7,"version":1}],"round":1}','63c50cab44039030ce42b37e72c2b0fe69aa1dfd6d9d52e634b6164541e02a67','c9b8ae28631cfd0477c61da1fd8f91dfcdc4d35b87ac508ff5aabce3b7cdc677');
INSERT INTO "record_entries" VALUES(1,16,'2026-01-05 12:00:00.000000','ballots cast','{"ballots":[{"by":"5eefac4e321be898d925f3f2ab7436df40f9325ca6a85024bcf375d01472060b","issue":1,"position":"adjustment","reason":"3f83b698f24c6673645b7449ae76f77396fe2de7053d0bd9ec6ae1962a2cc143","seat":2,"version":1}],"round":1}','c9b8ae28631cfd0477c61da1fd8f91dfcdc4d35b87ac508ff5aabce3b7cdc677','aac299d410ba87a84004e791b5f18d0777dd7d257620582c73a0a574e3e4a225');
INSERT INTO "record_entries" VALUES(2,4,'2026-01-05 12:00:00.000000','round opened','{"by":"336f404962bd961b1c9ede1c99c05125ef22949a8b7beaff3ec8b59e875d4a54","closes_at":1767873600,"docket":[{"issue":2,"number":1,"version":1}],"entitled":[{"seat":1,"veto":false,"weight":1}],"number":1,"round":2,"rules":{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false},"scheduled":false}','fb4a64493d7c0a8c6c7177d705e7a44bd0308c12c8a393f35872e0c217cb35ab','aab692e84f250c7de4800ce46796163826d6bcee6ae09e2188ce444b6e0d23df');
INSERT INTO "record_entries" VALUES(2,5,'2026-01-05 12:00:00.000000','ballots cast','{"ballots":[{"by":"aa08a2b8423259d7138ec52162ce8bc2ff817d701be8a66f0d5c29ec627321f3","issue":2,"position":"prohibited","reason":"f407c971b6a225cbbd6773acfb8d6ecb62f4fa3817edcde50783897b4902f04f","seat":1,"version":1}],"round":2}','aab692e84f250c7de4800ce46796163826d6bcee6ae09e2188ce444b6e0d23df','4dd2d2eff0e97bad4c3f00b36adf571a7e2bd66d6f2128ad00e906c04a8389fa');
INSERT INTO "record_entries" VALUES(1,17,'2026-01-08 12:00:00.000000','round closed','{"number":1,"round":1,"rulings":[{"issue":1,"ruling":{"after":{"category":"adjustment","sustained":0,"under_review":false,"wavering":0},"before":{"category":"independent","sustained":0,"under_review":false,"wavering":0},"code":"promoted","floor":null,"format":1,"quorum":{"cast":6,"entitled":6,"met":true,"needed":3},"sustained":{"needed":1,"rounds":1},"tally":{"blocs":{},"counts":{"abstain":{"seats":0,"weight":0},"adjustment":{"seats":1,"weight":1},"independent":{"seats":0,"weight":0},"prohibited":{"seats":5,"weight":5}},"entitled":{"seats":6,"weight":6},"vetoes":[]},"test":{"blocs":[],"criteria":[{"criterion":{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}},"disregarded":false,"holds":true,"needed":4,"of":6,"reached":6}],"target":"adjustment"},"vetoed_by":[],"wavering":null}}]}','aac299d410ba87a84004e791b5f18d0777dd7d257620582c73a0a574e3e4a225','e81295d6f106cf68001e7011ee2ad157b0ca86769f85b0c1e875c40cf90c352a');
INSERT INTO "record_entries" VALUES(2,6,'2026-01-08 12:00:00.000000','round closed','{"number":1,"round":2,"rulings":[{"issue":2,"ruling":{"after":{"category":"independent","sustained":0,"under_review":false,"wavering":0},"before":{"category":"independent","sustained":0,"under_review":false,"wavering":0},"code":"inquorate","floor":null,"format":1,"quorum":{"cast":1,"entitled":1,"met":false,"needed":3},"sustained":null,"tally":{"blocs":{},"counts":{"abstain":{"seats":0,"weight":0},"adjustment":{"seats":0,"weight":0},"independent":{"seats":0,"weight":0},"prohibited":{"seats":1,"weight":1}},"entitled":{"seats":1,"weight":1},"vetoes":[]},"test":null,"vetoed_by":[],"wavering":null}}]}','4dd2d2eff0e97bad4c3f00b36adf571a7e2bd66d6f2128ad00e906c04a8389fa','89af6513d205a3c3d61228a9ba1a37e1a9a2d408bb91f72b4e02ac7a600e59f7');
INSERT INTO "record_entries" VALUES(1,18,'2026-01-08 12:00:00.000000','proxy given','{"by":"d21c833bc4decb962809e26ecd77903ff615b3bc759150ec8aed7528a38a4eda","issue":null,"proxy":3,"seat":2}','e81295d6f106cf68001e7011ee2ad157b0ca86769f85b0c1e875c40cf90c352a','be0131ff12abd72ff62121e6910995ffdb0edf053fd1f1c94ce4be9670623ce2');
INSERT INTO "record_entries" VALUES(1,19,'2026-01-08 12:00:00.000000','seat left','{"by":"3464c8a48d4a256460061d3836dc6548f2718492bdbde7d683715cee014b60fe","seat":3}','be0131ff12abd72ff62121e6910995ffdb0edf053fd1f1c94ce4be9670623ce2','f7d031e5adc997dd9db7b6c5a1370a6e46c5e36401ba870dd6f50ba897fcf72a');
INSERT INTO "record_entries" VALUES(1,20,'2026-01-08 13:00:00.000000','issue proposed','{"by":"82b7eb86091e18c2e35a6140360b9fd5e2c7e1bacab4acb61e588240c2205031","issue":3,"number":2,"text":"9bef988667e1c2f6761b170f142856952d75355f7adfeaf4c1e5cee4f6c81566","version":1}','f7d031e5adc997dd9db7b6c5a1370a6e46c5e36401ba870dd6f50ba897fcf72a','6cf50c40c4568ae53babfaf2b49c5c5baa19bd2c3421c8446e3bc7cda6b51699');
INSERT INTO "record_entries" VALUES(1,21,'2026-01-08 13:00:00.000000','round opened','{"by":"79b2146b850ec254c6958e852d8cecf891dc361bf0f7f0137d50d05e02552681","closes_at":1768136400,"docket":[{"issue":3,"number":2,"version":1},{"issue":1,"number":1,"version":1}],"entitled":[{"seat":2,"veto":false,"weight":1},{"seat":4,"veto":false,"weight":1},{"seat":5,"veto":false,"weight":1},{"seat":6,"veto":false,"weight":1},{"seat":7,"veto":false,"weight":1}],"number":2,"round":3,"rules":{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false},"scheduled":false}','6cf50c40c4568ae53babfaf2b49c5c5baa19bd2c3421c8446e3bc7cda6b51699','c018ed5e8950a9485b023cc15bb7389ef67ca68c600e9a4a02ded35cbab81a70');
INSERT INTO "record_entries" VALUES(1,22,'2026-01-08 13:00:00.000000','ballots cast','{"ballots":[{"by":"29cd5501b7e5eb88286a9c09789c669b9a456dc13632b50fa882d435dbf6cb40","issue":1,"position":"adjustment","reason":"05ddc072d61206220f3befcdcbaebd41211891bab7bdca18c5c70ce4a67e81b8","seat":4,"version":1}],"round":3}','c018ed5e8950a9485b023cc15bb7389ef67ca68c600e9a4a02ded35cbab81a70','5db0fbe32c4793e6f4358c9825a6fce28880201a88c27fba0942348680961845');
INSERT INTO "record_entries" VALUES(1,23,'2026-01-08 13:00:00.000000','ballots cast','{"ballots":[{"by":"acac260bbd1f32c72130a850b543bb856ecb655b66c7e282d456afd8f9c3256a","issue":1,"position":"adjustment","reason":"cc37e62b25387eb74d109dbbabe02b743e79292f64e3fcd03bda153daa38b39a","seat":5,"version":1}],"round":3}','5db0fbe32c4793e6f4358c9825a6fce28880201a88c27fba0942348680961845','5d353b112f810c6e87fbc882d9ab239f1dd3a49aa290b03000998856dd4c7a13');
INSERT INTO "record_entries" VALUES(1,24,'2026-01-08 13:00:00.000000','ballots cast','{"ballots":[{"by":"020cbd4428d7d31fbe32866f1dc81232859d4277f7207b0aac4f59a2ea41673e","issue":3,"position":"adjustment","reason":"8d9fe763ba862afa8b287938cbba0e33321635facd25d24b693ed3df4848fdf0","seat":6,"version":1}],"round":3}','5d353b112f810c6e87fbc882d9ab239f1dd3a49aa290b03000998856dd4c7a13','2b6bae0e2592c7287ce0f28ffc34a1e29dc9c98bec9b1791274770cb72cb5163');
INSERT INTO "record_entries" VALUES(1,25,'2026-01-08 13:00:00.000000','seat taken','{"holders":["4bcf60dd04c7d86e481aab258a5b25e5ed8b2a3a4e579f07d5ef65c636b3a66a"],"may_abstain":true,"name":"6533b6919a8f85cd7dc6a6ec32381e9eff6f81a1f062bae4984d81d202f5f772","observer":false,"seat":8,"seat_kind":"person","veto":false,"weight":1}','2b6bae0e2592c7287ce0f28ffc34a1e29dc9c98bec9b1791274770cb72cb5163','f466709bc722962aef21287dea8218199b242c4b14b9a874e7718240ce093a48');
INSERT INTO "record_entries" VALUES(1,26,'2026-01-08 13:00:00.000000','ballots cast','{"ballots":[{"by":"fef61280d98e786c87e2c70e55ab094afb7e56fbe7abb166e03e40b2190a3dd3","issue":1,"position":"adjustment","reason":"d803b37a11e514906f9eefad59c62f7b7c45cc7ee0e17477c127d800d4479ece","seat":8,"version":1}],"round":3}','f466709bc722962aef21287dea8218199b242c4b14b9a874e7718240ce093a48','3e7689a0f2ef1157fe5c206836507d14dd0880a1513fd55801840784efd3bf32');
INSERT INTO "record_entries" VALUES(1,27,'2026-01-08 13:00:00.000000','ballots cast','{"ballots":[{"by":"4c05b140c4d6444f0a11d14b060ce357122c2e95853cd9d26af3a478d4815d6f","issue":1,"position":null,"reason":null,"seat":5,"version":1}],"round":3}','3e7689a0f2ef1157fe5c206836507d14dd0880a1513fd55801840784efd3bf32','c32b6506f4426f59b3a15fe65f7ba7780145c272a798605c1f1c716f60a14928');
INSERT INTO "record_entries" VALUES(1,28,'2026-01-08 13:00:00.000000','proxy given','{"by":"651343edb277f63ae092c3395e9c32287d6d113eac067a9995fa48349c27b0a0","issue":null,"proxy":4,"seat":7}','c32b6506f4426f59b3a15fe65f7ba7780145c272a798605c1f1c716f60a14928','43c40ea34f104c58bc6c76b933b0efce48a49148f031fde7a3281892b18ae2c6');
INSERT INTO "record_entries" VALUES(3,1,'2026-01-08 13:00:00.000000','council founded','{"by":"027f9b223a37d13987c7bd18d51836debc3e84cec2531d8a87b9b18a511fd6e1","name":"9c2112ac4e9fd1d019baa037d6a66cc11555ce2df966faad1c6a8ff7fa58c277","rules":{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[1,2],"more_than":true}}],"floor":null,"sustained":1,"vetoes":false},"blocking_minority":null,"claims":true,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":false,"preset":"simple-majority","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[1,2],"more_than":true}}],"floor":null,"sustained":1,"vetoes":false},"quorum":{"least":0,"share":{"fraction":[1,3],"more_than":false}},"reason_required":false,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"secret","threads":false}}','e2085a4ba3e33dbbaf57e3ee70af5ffb2f6fcb7ca52001db944662ba94fece28','6a625c3d1fb770a190ef0544f9afb294b4af5d06d80af847d65f0838c9acd8db');
INSERT INTO "record_entries" VALUES(3,2,'2026-01-08 13:00:00.000000','seat added','{"by":"bfc4180fa83e5c6bc57b323328bc0f9a19a829c77f9d357549fecece89f54ea5","holders":["3f44c881673db9b62b7a02eaece17c498a03cc21a62398bade1efec0d8b2a756"],"may_abstain":true,"name":"ce35c4d7813110d3ed50afe9f8d26936e7047a273a84f36352a0d05fcda93064","observer":false,"seat":9,"seat_kind":"delegation","veto":false,"weight":1}','6a625c3d1fb770a190ef0544f9afb294b4af5d06d80af847d65f0838c9acd8db','07f24d4a2bee914f83318aa80edab7b94f7101223befcc7bc200d7435ba06004');
INSERT INTO "record_entries" VALUES(3,3,'2026-01-08 13:00:00.000000','seat added','{"by":"bfc4180fa83e5c6bc57b323328bc0f9a19a829c77f9d357549fecece89f54ea5","holders":["1a6155ed6c0bee4331e52fca6d3ab407c6ea857481a842f800aa6507c7bbc21e"],"may_abstain":true,"name":"3ac77bab6b0a767a0ca78720856c14ad8e7af47580d64bfff06e9a7613df90ff","observer":false,"seat":10,"seat_kind":"delegation","veto":false,"weight":1}','07f24d4a2bee914f83318aa80edab7b94f7101223befcc7bc200d7435ba06004','c1e1ab1360eeba72099bf06b8e46dd7ab98b14a322eb6c8ae286f4ea355bf203');
INSERT INTO "record_entries" VALUES(3,4,'2026-01-08 13:00:00.000000','seat added','{"by":"bfc4180fa83e5c6bc57b323328bc0f9a19a829c77f9d357549fecece89f54ea5","holders":["604b3b8a29b0c0dff9e383c4dcaaf02c5b0f9f84960844645accd109889bda5f"],"may_abstain":true,"name":"81881e3a7b081a66ca251897622a317b61eb4ff04d0d596498309d6ed14c9caf","observer":false,"seat":11,"seat_kind":"delegation","veto":false,"weight":1}','c1e1ab1360eeba72099bf06b8e46dd7ab98b14a322eb6c8ae286f4ea355bf203','5a417e3e45d78dda5a206d82bab7e64ef9ca6f1fde0ab9a9dcd03ea81a69e969');
INSERT INTO "record_entries" VALUES(3,5,'2026-01-08 13:00:00.000000','seat added','{"by":"bfc4180fa83e5c6bc57b323328bc0f9a19a829c77f9d357549fecece89f54ea5","holders":["200a6849eed83c1b838b82851f58253d5e6af84ff41693fbfe74174784b39664"],"may_abstain":true,"name":"893bdd74095c77e693557f61c39097df58a5f3317d18f4a873dd18bee1ef2c1d","observer":false,"seat":12,"seat_kind":"delegation","veto":false,"weight":1}','5a417e3e45d78dda5a206d82bab7e64ef9ca6f1fde0ab9a9dcd03ea81a69e969','416ee20b8ed41f88217ead3906b7466b2724c8e2c51d9eb9d47d822769b2b968');
INSERT INTO "record_entries" VALUES(3,6,'2026-01-08 13:00:00.000000','seat added','{"by":"bfc4180fa83e5c6bc57b323328bc0f9a19a829c77f9d357549fecece89f54ea5","holders":["09bc853d447797ce95d4c5f65aa78330901221b1c079a49f7d1c6813fcd31a60"],"may_abstain":true,"name":"aba372fdd6ebb8578d8d689e7100edaba6e6585f162cdb4a3d9977723d157b23","observer":false,"seat":13,"seat_kind":"delegation","veto":false,"weight":1}','416ee20b8ed41f88217ead3906b7466b2724c8e2c51d9eb9d47d822769b2b968','d8ca57b2cc159ab98a94b8b715282aaea9d56b4125a104ae72d72fea841459be');
INSERT INTO "record_entries" VALUES(3,7,'2026-01-08 13:00:00.000000','seat added','{"by":"bfc4180fa83e5c6bc57b323328bc0f9a19a829c77f9d357549fecece89f54ea5","holders":["719aee35cb2e8a0eced71064c5fe41c110cfe5663034e69d7a5c288d8d3d7b03"],"may_abstain":true,"name":"1ba4ab726081b8c98a1d5ba5d12891e23c74d2c935b96054d12accb442994a26","observer":false,"seat":14,"seat_kind":"delegation","veto":false,"weight":1}','d8ca57b2cc159ab98a94b8b715282aaea9d56b4125a104ae72d72fea841459be','bf161d92d83441cc5a6312ae3b2f419eced4f0e459b7f253f8cd079983ac16b2');
INSERT INTO "record_entries" VALUES(3,8,'2026-01-08 13:00:00.000000','seat added','{"by":"bfc4180fa83e5c6bc57b323328bc0f9a19a829c77f9d357549fecece89f54ea5","holders":[],"may_abstain":true,"name":"95aa9d6ee9dcd2cc604878596da741ee3946dbdae357d5224f8d73527f49a53e","observer":false,"seat":15,"seat_kind":"delegation","veto":false,"weight":1}','bf161d92d83441cc5a6312ae3b2f419eced4f0e459b7f253f8cd079983ac16b2','e0c0e2674ae88c1b841521dbebe299be40b02b9047a091da4995d6c443ea1b98');
INSERT INTO "record_entries" VALUES(3,9,'2026-01-08 13:00:00.000000','issue proposed','{"by":"50daf7499a834430e15b4adbe6d519fd1c66e832e6938b82fefe2572030460c8","issue":4,"number":1,"text":"44ffda054878595050874373dbd0a184d0275d5bedb6a116d366bee992209dd2","version":1}','e0c0e2674ae88c1b841521dbebe299be40b02b9047a091da4995d6c443ea1b98','ec9eeea847623b0cd5f09e02a7fd00e7b5151c230edcc0fe54c9550065a3a291');
INSERT INTO "record_entries" VALUES(3,10,'2026-01-08 13:00:00.000000','member barred','{"by":"b4a8438515269671970e6adb120a1d4cbe0f0467c7d92a434aaf69c14aca0d16","member":"ba829cfbe5c74185bda4a354ff8c205bc105b71aac8ff1085f5a18b7ad37efa2"}','ec9eeea847623b0cd5f09e02a7fd00e7b5151c230edcc0fe54c9550065a3a291','76a61f4196a259504aa15a36cbd2ec9fe1d5d167f9e71928eac2a9b9deb53e6f');
INSERT INTO "record_entries" VALUES(3,11,'2026-01-08 13:00:00.000000','round opened','{"by":"912e9618b827389f1c7f324857b323f80510758502709de2880cfc12c16181f8","closes_at":1767963600,"docket":[{"issue":4,"number":1,"version":1}],"entitled":[{"seat":9,"veto":false,"weight":1},{"seat":10,"veto":false,"weight":1},{"seat":11,"veto":false,"weight":1},{"seat":12,"veto":false,"weight":1},{"seat":13,"veto":false,"weight":1},{"seat":14,"veto":false,"weight":1},{"seat":15,"veto":false,"weight":1}],"number":1,"round":4,"rules":{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[1,2],"more_than":true}}],"floor":null,"sustained":1,"vetoes":false},"blocking_minority":null,"claims":true,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":false,"preset":"simple-majority","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[1,2],"more_than":true}}],"floor":null,"sustained":1,"vetoes":false},"quorum":{"least":0,"share":{"fraction":[1,3],"more_than":false}},"reason_required":false,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"secret","threads":false},"scheduled":false}','76a61f4196a259504aa15a36cbd2ec9fe1d5d167f9e71928eac2a9b9deb53e6f','55bad387c97aa4bed9790b598ca7ede2e67a11b8ad640b7f9afbd7f8ca55f1e8');
INSERT INTO "record_entries" VALUES(3,12,'2026-01-08 13:00:00.000000','ballots cast','{"ballots":[{"ballot":"74c2b1598cdb0ccff50926935e96cef581b20286ae8ce5f9bf5e99f900b4618f","by":"9d74c673c5997d5a431ef08872d66abeae9afb1c78b14a3f338d9d49a3273f3d","issue":4,"reason":"d388a4405dea373b4091908bc9702ab28d2a2abfbd070b877751062796b0be38","seat":9,"version":1}],"round":4}','55bad387c97aa4bed9790b598ca7ede2e67a11b8ad640b7f9afbd7f8ca55f1e8','ce28c132941a9f626530cb7828dfecd54f972a4198ba0bf46c319581dcf205cc');
INSERT INTO "record_entries" VALUES(3,13,'2026-01-08 13:00:00.000000','ballots cast','{"ballots":[{"ballot":"e97b55d98bee7ed0652673cdf946d0d228012d6917a545bff05bc0681a33a77b","by":"2126fcaeb8a8ee6332def158f7eb8589d46b764a0b52b42a64e1b37e676cd627","issue":4,"reason":"751225a8c93cda3d9224ecb5c2de477f2911c9a7b53b1a3f421b2b50da76475f","seat":10,"version":1}],"round":4}','ce28c132941a9f626530cb7828dfecd54f972a4198ba0bf46c319581dcf205cc','d90077cd318c3616e460cef2f326fda1889282a6b34fa031a9d0e7bf14b18d10');
INSERT INTO "record_entries" VALUES(3,14,'2026-01-08 13:00:00.000000','ballots cast','{"ballots":[{"ballot":"feaf0abd07aae652f7de47f5b7251ba5155c4bb0940c19ce88c007b1c1db2ad0","by":"8c4215c1238a6b48286321ac8b4220fff5e9792923c75e83bd39b447a6fad5a2","issue":4,"reason":"95f8fdc33673186d23e29802590500d58ec7d0a37b059ffa553e6d0062617fb1","seat":11,"version":1}],"round":4}','d90077cd318c3616e460cef2f326fda1889282a6b34fa031a9d0e7bf14b18d10','5f8f3d86058dc78885ac87053ac4a0370fc7c6b0fd2f0a4bf0dc8ef59a890867');
INSERT INTO "record_entries" VALUES(3,15,'2026-01-08 13:00:00.000000','ballots cast','{"ballots":[{"ballot":"556f26114ed0451e4b82e3e7e72d7865d9f71e79d3443bcbf3a580c58ddf89c6","by":"fc34894a1c1d09dd6e6565d09cfd33080263ef5ffd35c0df1111f86a10dc9a93","issue":4,"reason":"ac2b8acce4708d583cdbc4de6930d1f7a82bd38e02fd96aeb146d564358c15cb","seat":12,"version":1}],"round":4}','5f8f3d86058dc78885ac87053ac4a0370fc7c6b0fd2f0a4bf0dc8ef59a890867','3f6542b988d0b8d71de093939a1e68e9be21ed60c8642f9665d4f4d88749e14b');
INSERT INTO "record_entries" VALUES(3,16,'2026-01-08 13:00:00.000000','ballots cast','{"ballots":[{"ballot":"c971a84416cd3fabc6ffd8aea90bee8d35ceb393d10571836309f6a90afafc84","by":"184f948a60420311a9ed1221f3d8249225af051b95f56fd03cd139e249ceed16","issue":4,"reason":"e7978c2f2f98ad893e6fc63dc19f0afd953f0448b67e82730f235bfdcac35e00","seat":13,"version":1}],"round":4}','3f6542b988d0b8d71de093939a1e68e9be21ed60c8642f9665d4f4d88749e14b','fed73758832b10b490673a90757efb66c7415bd2762286c60e8a57e9f215ce99');
INSERT INTO "record_entries" VALUES(3,17,'2026-01-08 13:00:00.000000','ballots cast','{"ballots":[{"ballot":"21b23fbb8bcfebaf8456bd2e9619c4f554587bb35cc623ed304352b62b7acd03","by":"8b518a0adc95567f3803f2b14e90b093352d99bcbcb364ed015e7285e854501d","issue":4,"reason":"6f3eb716a69c3bbe94a7a74951d5dbd6f95f5b79355884db5d69cd6ab8413347","seat":14,"version":1}],"round":4}','fed73758832b10b490673a90757efb66c7415bd2762286c60e8a57e9f215ce99','2b8a373f58b14dafc5b9068b6c7b4dede5d2164776f4a9790c4a3cc9014213f1');
INSERT INTO "record_entries" VALUES(3,18,'2026-01-09 13:00:00.000000','round closed','{"number":1,"round":4,"rulings":[{"issue":4,"ruling":{"after":{"category":"adjustment","sustained":0,"under_review":false,"wavering":0},"before":{"category":"independent","sustained":0,"under_review":false,"wavering":0},"code":"promoted","floor":null,"format":1,"quorum":{"cast":6,"entitled":7,"met":true,"needed":3},"sustained":{"needed":1,"rounds":1},"tally":{"blocs":{},"counts":{"abstain":{"seats":0,"weight":0},"adjustment":{"seats":0,"weight":0},"independent":{"seats":1,"weight":1},"prohibited":{"seats":5,"weight":5}},"entitled":{"seats":7,"weight":7},"vetoes":[]},"test":{"blocs":[],"criteria":[{"criterion":{"base":"voting","measure":"weight","threshold":{"fraction":[1,2],"more_than":true}},"disregarded":false,"holds":true,"needed":4,"of":6,"reached":5}],"target":"adjustment"},"vetoed_by":[],"wavering":null}}]}','2b8a373f58b14dafc5b9068b6c7b4dede5d2164776f4a9790c4a3cc9014213f1','28b99bdf5158339c713894a8113bf4d7f932562023bcf5b6624959f777d45c97');
INSERT INTO "record_entries" VALUES(3,19,'2026-01-09 13:00:00.000000','roll called','{"by":"de251907d2082b6e555729627d0ef26e7999d6f7dde24d2540a8dd5c7ca21cb5","number":1,"presence":null,"seat":null}','28b99bdf5158339c713894a8113bf4d7f932562023bcf5b6624959f777d45c97','03d5f6a3794044dbd4ced551d57ad74752bb60a89badf4da2dfcfe13f26b417e');
INSERT INTO "record_entries" VALUES(3,20,'2026-01-09 13:00:00.000000','roll answered','{"by":"0cb4ebd89efed3e4767908c1b785c26d464ed3129f729ee1a6f02f726cdacb61","number":1,"presence":"present","seat":9}','03d5f6a3794044dbd4ced551d57ad74752bb60a89badf4da2dfcfe13f26b417e','19a8a0acdd4b379f96e69bbea03615d2167e9868cc1486ab999f797a4150c7f2');
INSERT INTO "record_entries" VALUES(3,21,'2026-01-09 13:00:00.000000','schedule set','{"by":"e28fa9df3bbd3aff4c5c819dd7528110aa004b7220c0ae30c5edbe3578c27128","schedule":{"at":"18:00","days":2,"extra_seconds":0,"weekdays":[0],"zone":"Europe/Berlin"}}','19a8a0acdd4b379f96e69bbea03615d2167e9868cc1486ab999f797a4150c7f2','ecce583984ba5e392030df7a448178f4ddbf24bfbb39138d477bebaf428404b0');
INSERT INTO "record_entries" VALUES(4,1,'2026-01-09 13:00:00.000000','council founded','{"by":"0e966719abc6e6d812a36177c5a2c833c4eb4546bb2f865bb78afcb38c9a227e","name":"61ce9cc566dd276ff8833ba28d00452804c74197d6b3e84e4ab311a5097f3361","rules":{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false}}','da941f73ea414bf000c3f5abc6510b0bada264e72c7af2cd62112240bf0c7197','ef8c9c66c438afb8b7856627f916d6283149e95347267a1a785a5e686ba8d05a');
INSERT INTO "record_entries" VALUES(4,2,'2026-01-09 13:00:00.000000','council closed','{"by":"ad462987e0ad5abe04a08894347d6921df7b1ec3109a4937071a7346971c37b2"}','ef8c9c66c438afb8b7856627f916d6283149e95347267a1a785a5e686ba8d05a','8038a2f1e2ea170cac537b8865cc501debc31fa1a12aea1db68729736be4587d');
CREATE TABLE record_heads (
	council BIGINT NOT NULL, 
	"index" BIGINT NOT NULL, 
	digest VARCHAR NOT NULL, forgotten BIGINT DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_record_heads PRIMARY KEY (council), 
	CONSTRAINT fk_record_heads_council_councils FOREIGN KEY(council) REFERENCES councils (id)
);
INSERT INTO "record_heads" VALUES(1,28,'43c40ea34f104c58bc6c76b933b0efce48a49148f031fde7a3281892b18ae2c6',0);
INSERT INTO "record_heads" VALUES(2,6,'89af6513d205a3c3d61228a9ba1a37e1a9a2d408bb91f72b4e02ac7a600e59f7',0);
INSERT INTO "record_heads" VALUES(3,21,'ecce583984ba5e392030df7a448178f4ddbf24bfbb39138d477bebaf428404b0',0);
INSERT INTO "record_heads" VALUES(4,2,'8038a2f1e2ea170cac537b8865cc501debc31fa1a12aea1db68729736be4587d',0);
CREATE TABLE record_secrets (
	commitment VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	salt BLOB NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_record_secrets PRIMARY KEY (commitment)
);
INSERT INTO "record_secrets" VALUES('e964ec7d80b8bcca671af45ab7f213e9136ba0abf75111f740e11beb58ec8494','person',X'00000000000000000000000000000001','900000000000000001');
INSERT INTO "record_secrets" VALUES('37f583a607acdb369258babe0e4edccaad70cf741bd3e3afcc79b2c72ccab7df','text',X'00000000000000000000000000000002','The council');
INSERT INTO "record_secrets" VALUES('d083d5394ddc09ab476668f1bb5d8f4870ad1ec630761b7bd0a139dbc82a85b0','person',X'00000000000000000000000000000003','900000000000000001');
INSERT INTO "record_secrets" VALUES('d66b033749e1a9ecd51538e60c87bec7984d4631d4c037c980bd1a0f40a1a341','text',X'00000000000000000000000000000004','The council');
INSERT INTO "record_secrets" VALUES('ad894554d20a1ef6cb548be8bdc8c180dc6346cb6a42b843d8839d9d750441fa','text',X'00000000000000000000000000000005','France');
INSERT INTO "record_secrets" VALUES('a3766107929dfa6c98531c45d0b235d8e239ddf691ac54f7c618c260b9afb5d4','person',X'00000000000000000000000000000006','900000000000000101');
INSERT INTO "record_secrets" VALUES('846c3d13a15eb496aed6a306b18b0200b006192b2fa2783fc6f2669c6649da8e','person',X'00000000000000000000000000000007','900000000000000101');
INSERT INTO "record_secrets" VALUES('ab89d83410eb078a5492e05640b6e7fbf418bbbcc2cc8932c0ed9e46ffd4b299','text',X'00000000000000000000000000000008','Torture

In all its forms

');
INSERT INTO "record_secrets" VALUES('81539bae321432c38a820c118523649e80c1a7b0d5d696c8550bc3fcc86bcb06','person',X'00000000000000000000000000000009','900000000000000101');
INSERT INTO "record_secrets" VALUES('198aec0759f9da4529077ab9005e46f09adf4233d8b24f37efabdcfe5df85164','text',X'0000000000000000000000000000000A','Torture

In all its forms

');
INSERT INTO "record_secrets" VALUES('447277417eecabe2dfc96c05bf7a908dc313967302c930daf84b23787180e589','text',X'0000000000000000000000000000000B','Member 1');
INSERT INTO "record_secrets" VALUES('79280a49651a271ac134f3403bb6165681997e8bc3690246ebbbc96f7cf624ae','person',X'0000000000000000000000000000000C','900000000000000101');
INSERT INTO "record_secrets" VALUES('43e7d4eaa147fcfbc3bda17b8b139aa5e5ff52418d039e76b42923f6b1ecff49','text',X'0000000000000000000000000000000F','Member 3');
INSERT INTO "record_secrets" VALUES('f36e1c3697e82d47e3e6b67025cf85e9b20366c93524de7446f49a75df144dcd','person',X'00000000000000000000000000000010','900000000000000103');
INSERT INTO "record_secrets" VALUES('a7752da5c0f2a294977c1034a832a39978e049334dabf4c013f2c2b97b39e803','text',X'00000000000000000000000000000011','Member 4');
INSERT INTO "record_secrets" VALUES('3449000c91a97dd14cc81b591ad8877b38a81b81fd53bbe329b8f8ffcfdf6d89','person',X'00000000000000000000000000000012','900000000000000104');
INSERT INTO "record_secrets" VALUES('2ead2d141ffd577e0faf05bf55d2bcdb3c3add081460cba4c3e4d7d807aff0c3','text',X'00000000000000000000000000000013','Member 5');
INSERT INTO "record_secrets" VALUES('8cfb43a5fcfe1266e0c44c191bfa7110efbe5d09943b21635b8b2dfc07d32e02','person',X'00000000000000000000000000000014','900000000000000105');
INSERT INTO "record_secrets" VALUES('2a5d9a067a42b2a0fa871ffa9e20ca60f52a251e8933f306ac0b868f68695cce','text',X'00000000000000000000000000000015','Member 6');
INSERT INTO "record_secrets" VALUES('ef56bc9a1a8848aed268ff0ea3eda1d8d4ace4bd16ecca1ee23e986eae1d0eb4','person',X'00000000000000000000000000000016','900000000000000106');
INSERT INTO "record_secrets" VALUES('8405c1e73b61afc88aa7832962d8e4425f7bd531877010f38ae94a67e4e61f63','person',X'00000000000000000000000000000017','900000000000000001');
INSERT INTO "record_secrets" VALUES('c766386086b726f4dda6ccb61ddf029761ad088e8a1668acc70c3d8d0214ee9a','text',X'00000000000000000000000000000019','It burns those who never consented.');
INSERT INTO "record_secrets" VALUES('f5a5971708f76c1db2d3465cd67064fced4fa266c5d77be673d4e87f81e4a91d','text',X'0000000000000000000000000000001D','It harms.');
INSERT INTO "record_secrets" VALUES('e94b474c05d2ca04fe16690e4f21130391fdaf2a5a171f8069ff4b0ce1c4e138','text',X'0000000000000000000000000000001F','It harms.');
INSERT INTO "record_secrets" VALUES('edeedcc4ecef874b92b987e2a0596157f54bce71c15bdf635d3b51cfbe61a45c','text',X'00000000000000000000000000000021','It harms.');
INSERT INTO "record_secrets" VALUES('81e5005c6fdde2b989766a686337512968bec7f54fbbb6f926dc68d553f3a64d','text',X'00000000000000000000000000000023','It harms.');
INSERT INTO "record_secrets" VALUES('3f83b698f24c6673645b7449ae76f77396fe2de7053d0bd9ec6ae1962a2cc143','text',X'00000000000000000000000000000025','It burns those who never consented. Or so I thought.');
INSERT INTO "record_secrets" VALUES('336f404962bd961b1c9ede1c99c05125ef22949a8b7beaff3ec8b59e875d4a54','person',X'00000000000000000000000000000026','900000000000000001');
INSERT INTO "record_secrets" VALUES('f407c971b6a225cbbd6773acfb8d6ecb62f4fa3817edcde50783897b4902f04f','text',X'00000000000000000000000000000028','It burns those who never consented. Abroad.');
INSERT INTO "record_secrets" VALUES('d21c833bc4decb962809e26ecd77903ff615b3bc759150ec8aed7528a38a4eda','person',X'00000000000000000000000000000029','900000000000000101');
INSERT INTO "record_secrets" VALUES('82b7eb86091e18c2e35a6140360b9fd5e2c7e1bacab4acb61e588240c2205031','person',X'0000000000000000000000000000002C','900000000000000001');
INSERT INTO "record_secrets" VALUES('9bef988667e1c2f6761b170f142856952d75355f7adfeaf4c1e5cee4f6c81566','text',X'0000000000000000000000000000002D','Tariffs

Tariffs, in all its forms

');
INSERT INTO "record_secrets" VALUES('79b2146b850ec254c6958e852d8cecf891dc361bf0f7f0137d50d05e02552681','person',X'0000000000000000000000000000002E','900000000000000001');
INSERT INTO "record_secrets" VALUES('05ddc072d61206220f3befcdcbaebd41211891bab7bdca18c5c70ce4a67e81b8','text',X'00000000000000000000000000000030','It harms those who had no say.');
INSERT INTO "record_secrets" VALUES('cc37e62b25387eb74d109dbbabe02b743e79292f64e3fcd03bda153daa38b39a','text',X'00000000000000000000000000000032','It harms those who had no say.');
INSERT INTO "record_secrets" VALUES('8d9fe763ba862afa8b287938cbba0e33321635facd25d24b693ed3df4848fdf0','text',X'00000000000000000000000000000034','It harms those who had no say.');
INSERT INTO "record_secrets" VALUES('6533b6919a8f85cd7dc6a6ec32381e9eff6f81a1f062bae4984d81d202f5f772','text',X'00000000000000000000000000000035','Member 9');
INSERT INTO "record_secrets" VALUES('4bcf60dd04c7d86e481aab258a5b25e5ed8b2a3a4e579f07d5ef65c636b3a66a','person',X'00000000000000000000000000000036','900000000000000109');
INSERT INTO "record_secrets" VALUES('d803b37a11e514906f9eefad59c62f7b7c45cc7ee0e17477c127d800d4479ece','text',X'00000000000000000000000000000038','It harms those who had no say.');
INSERT INTO "record_secrets" VALUES('651343edb277f63ae092c3395e9c32287d6d113eac067a9995fa48349c27b0a0','person',X'0000000000000000000000000000003A','900000000000000106');
INSERT INTO "record_secrets" VALUES('027f9b223a37d13987c7bd18d51836debc3e84cec2531d8a87b9b18a511fd6e1','person',X'0000000000000000000000000000003B','900000000000000001');
INSERT INTO "record_secrets" VALUES('9c2112ac4e9fd1d019baa037d6a66cc11555ce2df966faad1c6a8ff7fa58c277','text',X'0000000000000000000000000000003C','The council');
INSERT INTO "record_secrets" VALUES('bfc4180fa83e5c6bc57b323328bc0f9a19a829c77f9d357549fecece89f54ea5','person',X'0000000000000000000000000000003D','900000000000000001');
INSERT INTO "record_secrets" VALUES('ce35c4d7813110d3ed50afe9f8d26936e7047a273a84f36352a0d05fcda93064','text',X'0000000000000000000000000000003E','A');
INSERT INTO "record_secrets" VALUES('3f44c881673db9b62b7a02eaece17c498a03cc21a62398bade1efec0d8b2a756','person',X'0000000000000000000000000000003F','900000000000000120');
INSERT INTO "record_secrets" VALUES('3ac77bab6b0a767a0ca78720856c14ad8e7af47580d64bfff06e9a7613df90ff','text',X'00000000000000000000000000000040','B');
INSERT INTO "record_secrets" VALUES('1a6155ed6c0bee4331e52fca6d3ab407c6ea857481a842f800aa6507c7bbc21e','person',X'00000000000000000000000000000041','900000000000000121');
INSERT INTO "record_secrets" VALUES('81881e3a7b081a66ca251897622a317b61eb4ff04d0d596498309d6ed14c9caf','text',X'00000000000000000000000000000042','C');
INSERT INTO "record_secrets" VALUES('604b3b8a29b0c0dff9e383c4dcaaf02c5b0f9f84960844645accd109889bda5f','person',X'00000000000000000000000000000043','900000000000000122');
INSERT INTO "record_secrets" VALUES('893bdd74095c77e693557f61c39097df58a5f3317d18f4a873dd18bee1ef2c1d','text',X'00000000000000000000000000000044','D');
INSERT INTO "record_secrets" VALUES('200a6849eed83c1b838b82851f58253d5e6af84ff41693fbfe74174784b39664','person',X'00000000000000000000000000000045','900000000000000123');
INSERT INTO "record_secrets" VALUES('aba372fdd6ebb8578d8d689e7100edaba6e6585f162cdb4a3d9977723d157b23','text',X'00000000000000000000000000000046','E');
INSERT INTO "record_secrets" VALUES('09bc853d447797ce95d4c5f65aa78330901221b1c079a49f7d1c6813fcd31a60','person',X'00000000000000000000000000000047','900000000000000124');
INSERT INTO "record_secrets" VALUES('1ba4ab726081b8c98a1d5ba5d12891e23c74d2c935b96054d12accb442994a26','text',X'00000000000000000000000000000048','F');
INSERT INTO "record_secrets" VALUES('719aee35cb2e8a0eced71064c5fe41c110cfe5663034e69d7a5c288d8d3d7b03','person',X'00000000000000000000000000000049','900000000000000125');
INSERT INTO "record_secrets" VALUES('95aa9d6ee9dcd2cc604878596da741ee3946dbdae357d5224f8d73527f49a53e','text',X'0000000000000000000000000000004A','Free');
INSERT INTO "record_secrets" VALUES('50daf7499a834430e15b4adbe6d519fd1c66e832e6938b82fefe2572030460c8','person',X'0000000000000000000000000000004B','900000000000000001');
INSERT INTO "record_secrets" VALUES('44ffda054878595050874373dbd0a184d0275d5bedb6a116d366bee992209dd2','text',X'0000000000000000000000000000004C','Piracy

Piracy, in all its forms

');
INSERT INTO "record_secrets" VALUES('ba829cfbe5c74185bda4a354ff8c205bc105b71aac8ff1085f5a18b7ad37efa2','person',X'0000000000000000000000000000004D','900000000000000140');
INSERT INTO "record_secrets" VALUES('b4a8438515269671970e6adb120a1d4cbe0f0467c7d92a434aaf69c14aca0d16','person',X'0000000000000000000000000000004E','900000000000000001');
INSERT INTO "record_secrets" VALUES('912e9618b827389f1c7f324857b323f80510758502709de2880cfc12c16181f8','person',X'0000000000000000000000000000004F','900000000000000001');
INSERT INTO "record_secrets" VALUES('74c2b1598cdb0ccff50926935e96cef581b20286ae8ce5f9bf5e99f900b4618f','ballot',X'00000000000000000000000000000051','prohibited');
INSERT INTO "record_secrets" VALUES('d388a4405dea373b4091908bc9702ab28d2a2abfbd070b877751062796b0be38','text',X'00000000000000000000000000000052','It harms those who had no say.');
INSERT INTO "record_secrets" VALUES('e97b55d98bee7ed0652673cdf946d0d228012d6917a545bff05bc0681a33a77b','ballot',X'00000000000000000000000000000054','prohibited');
INSERT INTO "record_secrets" VALUES('751225a8c93cda3d9224ecb5c2de477f2911c9a7b53b1a3f421b2b50da76475f','text',X'00000000000000000000000000000055','It harms those who had no say.');
INSERT INTO "record_secrets" VALUES('feaf0abd07aae652f7de47f5b7251ba5155c4bb0940c19ce88c007b1c1db2ad0','ballot',X'00000000000000000000000000000057','prohibited');
INSERT INTO "record_secrets" VALUES('95f8fdc33673186d23e29802590500d58ec7d0a37b059ffa553e6d0062617fb1','text',X'00000000000000000000000000000058','It harms those who had no say.');
INSERT INTO "record_secrets" VALUES('556f26114ed0451e4b82e3e7e72d7865d9f71e79d3443bcbf3a580c58ddf89c6','ballot',X'0000000000000000000000000000005A','prohibited');
INSERT INTO "record_secrets" VALUES('ac2b8acce4708d583cdbc4de6930d1f7a82bd38e02fd96aeb146d564358c15cb','text',X'0000000000000000000000000000005B','It harms those who had no say.');
INSERT INTO "record_secrets" VALUES('c971a84416cd3fabc6ffd8aea90bee8d35ceb393d10571836309f6a90afafc84','ballot',X'0000000000000000000000000000005D','prohibited');
INSERT INTO "record_secrets" VALUES('e7978c2f2f98ad893e6fc63dc19f0afd953f0448b67e82730f235bfdcac35e00','text',X'0000000000000000000000000000005E','It harms those who had no say.');
INSERT INTO "record_secrets" VALUES('21b23fbb8bcfebaf8456bd2e9619c4f554587bb35cc623ed304352b62b7acd03','ballot',X'00000000000000000000000000000060','independent');
INSERT INTO "record_secrets" VALUES('6f3eb716a69c3bbe94a7a74951d5dbd6f95f5b79355884db5d69cd6ab8413347','text',X'00000000000000000000000000000061','It harms those who had no say.');
INSERT INTO "record_secrets" VALUES('de251907d2082b6e555729627d0ef26e7999d6f7dde24d2540a8dd5c7ca21cb5','person',X'00000000000000000000000000000062','900000000000000001');
INSERT INTO "record_secrets" VALUES('0cb4ebd89efed3e4767908c1b785c26d464ed3129f729ee1a6f02f726cdacb61','person',X'00000000000000000000000000000063','900000000000000120');
INSERT INTO "record_secrets" VALUES('e28fa9df3bbd3aff4c5c819dd7528110aa004b7220c0ae30c5edbe3578c27128','person',X'00000000000000000000000000000064','900000000000000001');
INSERT INTO "record_secrets" VALUES('0e966719abc6e6d812a36177c5a2c833c4eb4546bb2f865bb78afcb38c9a227e','person',X'00000000000000000000000000000065','900000000000000001');
INSERT INTO "record_secrets" VALUES('61ce9cc566dd276ff8833ba28d00452804c74197d6b3e84e4ab311a5097f3361','text',X'00000000000000000000000000000066','The council');
INSERT INTO "record_secrets" VALUES('ad462987e0ad5abe04a08894347d6921df7b1ec3109a4937071a7346971c37b2','person',X'00000000000000000000000000000067','900000000000000001');
CREATE TABLE roll_call_answers (
	council BIGINT NOT NULL, 
	seat BIGINT NOT NULL, 
	presence VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_roll_call_answers PRIMARY KEY (council, seat), 
	CONSTRAINT ck_roll_call_answers_presence CHECK (presence IN ('present', 'voting')), 
	CONSTRAINT fk_roll_call_answers_council_councils FOREIGN KEY(council) REFERENCES councils (id), 
	CONSTRAINT fk_roll_call_answers_seat_seats FOREIGN KEY(seat) REFERENCES seats (id)
);
INSERT INTO "roll_call_answers" VALUES(3,9,'present','2026-01-09 13:00:00.000000');
CREATE TABLE roll_calls (
	council BIGINT NOT NULL, 
	number BIGINT NOT NULL, 
	called_at DATETIME NOT NULL, 
	ended BOOLEAN NOT NULL, 
	CONSTRAINT pk_roll_calls PRIMARY KEY (council), 
	CONSTRAINT fk_roll_calls_council_councils FOREIGN KEY(council) REFERENCES councils (id)
);
INSERT INTO "roll_calls" VALUES(3,1,'2026-01-09 13:00:00.000000',0);
CREATE TABLE "rounds" (
	id INTEGER NOT NULL, 
	council BIGINT NOT NULL, 
	number BIGINT NOT NULL, 
	status VARCHAR NOT NULL, 
	rules TEXT NOT NULL, 
	opened_at DATETIME NOT NULL, 
	closes_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	scheduled BOOLEAN NOT NULL, 
	ended_early BOOLEAN NOT NULL, 
	paused_at DATETIME, 
	extended BOOLEAN NOT NULL, 
	may_end_early BOOLEAN NOT NULL, 
	CONSTRAINT pk_rounds PRIMARY KEY (id), 
	CONSTRAINT uq_rounds_council_number UNIQUE (council, number), 
	CONSTRAINT fk_rounds_council_councils FOREIGN KEY(council) REFERENCES councils (id), 
	CONSTRAINT ck_rounds_status CHECK (status IN ('debate', 'open', 'paused', 'closing', 'closed', 'cancelled'))
);
INSERT INTO "rounds" VALUES(1,1,1,'closed','{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false}','2026-01-05 12:00:00.000000','2026-01-08 12:00:00.000000','2026-01-08 12:00:00.000000',0,0,NULL,0,0);
INSERT INTO "rounds" VALUES(2,2,1,'closed','{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false}','2026-01-05 12:00:00.000000','2026-01-08 12:00:00.000000','2026-01-08 12:00:00.000000',0,0,NULL,0,0);
INSERT INTO "rounds" VALUES(3,1,2,'open','{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}}],"floor":[2,5],"sustained":1,"vetoes":false},"blocking_minority":null,"claims":false,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":true,"preset":"meta-regime","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[4,5],"more_than":false}}],"floor":[3,5],"sustained":1,"vetoes":false},"quorum":{"least":3,"share":{"fraction":[1,3],"more_than":false}},"reason_required":true,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"open","threads":false}','2026-01-08 13:00:00.000000','2026-01-11 13:00:00.000000',NULL,0,0,NULL,0,0);
INSERT INTO "rounds" VALUES(4,3,1,'closed','{"adjustment":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[1,2],"more_than":true}}],"floor":null,"sustained":1,"vetoes":false},"blocking_minority":null,"claims":true,"debate":0,"docket_limit":10,"early_close":false,"extension":null,"format":2,"membership":0,"open_seating":false,"preset":"simple-majority","prohibited":{"broad":null,"criteria":[{"base":"voting","measure":"weight","threshold":{"fraction":[1,2],"more_than":true}}],"floor":null,"sustained":1,"vetoes":false},"quorum":{"least":0,"share":{"fraction":[1,3],"more_than":false}},"reason_required":false,"relegate_after":2,"reminders":[86400,3600],"review_seconds":2,"roll_call":false,"round_length":259200,"seconds":0,"secrecy":"secret","threads":false}','2026-01-08 13:00:00.000000','2026-01-09 13:00:00.000000','2026-01-09 13:00:00.000000',0,0,NULL,0,0);
CREATE TABLE rulings (
	round BIGINT NOT NULL, 
	issue BIGINT NOT NULL, 
	ruling TEXT NOT NULL, 
	CONSTRAINT pk_rulings PRIMARY KEY (round, issue), 
	CONSTRAINT fk_rulings_issue_issues FOREIGN KEY(issue) REFERENCES issues (id), 
	CONSTRAINT fk_rulings_round_rounds FOREIGN KEY(round) REFERENCES rounds (id)
);
INSERT INTO "rulings" VALUES(1,1,'{"after":{"category":"adjustment","sustained":0,"under_review":false,"wavering":0},"before":{"category":"independent","sustained":0,"under_review":false,"wavering":0},"code":"promoted","floor":null,"format":1,"quorum":{"cast":6,"entitled":6,"met":true,"needed":3},"sustained":{"needed":1,"rounds":1},"tally":{"blocs":{},"counts":{"abstain":{"seats":0,"weight":0},"adjustment":{"seats":1,"weight":1},"independent":{"seats":0,"weight":0},"prohibited":{"seats":5,"weight":5}},"entitled":{"seats":6,"weight":6},"vetoes":[]},"test":{"blocs":[],"criteria":[{"criterion":{"base":"voting","measure":"weight","threshold":{"fraction":[3,5],"more_than":false}},"disregarded":false,"holds":true,"needed":4,"of":6,"reached":6}],"target":"adjustment"},"vetoed_by":[],"wavering":null}');
INSERT INTO "rulings" VALUES(2,2,'{"after":{"category":"independent","sustained":0,"under_review":false,"wavering":0},"before":{"category":"independent","sustained":0,"under_review":false,"wavering":0},"code":"inquorate","floor":null,"format":1,"quorum":{"cast":1,"entitled":1,"met":false,"needed":3},"sustained":null,"tally":{"blocs":{},"counts":{"abstain":{"seats":0,"weight":0},"adjustment":{"seats":0,"weight":0},"independent":{"seats":0,"weight":0},"prohibited":{"seats":1,"weight":1}},"entitled":{"seats":1,"weight":1},"vetoes":[]},"test":null,"vetoed_by":[],"wavering":null}');
INSERT INTO "rulings" VALUES(4,4,'{"after":{"category":"adjustment","sustained":0,"under_review":false,"wavering":0},"before":{"category":"independent","sustained":0,"under_review":false,"wavering":0},"code":"promoted","floor":null,"format":1,"quorum":{"cast":6,"entitled":7,"met":true,"needed":3},"sustained":{"needed":1,"rounds":1},"tally":{"blocs":{},"counts":{"abstain":{"seats":0,"weight":0},"adjustment":{"seats":0,"weight":0},"independent":{"seats":1,"weight":1},"prohibited":{"seats":5,"weight":5}},"entitled":{"seats":7,"weight":7},"vetoes":[]},"test":{"blocs":[],"criteria":[{"criterion":{"base":"voting","measure":"weight","threshold":{"fraction":[1,2],"more_than":true}},"disregarded":false,"holds":true,"needed":4,"of":6,"reached":5}],"target":"adjustment"},"vetoed_by":[],"wavering":null}');
CREATE TABLE schedules (
	council BIGINT NOT NULL, 
	schedule TEXT NOT NULL, 
	opens_at DATETIME NOT NULL, 
	CONSTRAINT pk_schedules PRIMARY KEY (council), 
	CONSTRAINT fk_schedules_council_councils FOREIGN KEY(council) REFERENCES councils (id)
);
INSERT INTO "schedules" VALUES(3,'{"at":"18:00","days":2,"extra_seconds":0,"weekdays":[0],"zone":"Europe/Berlin"}','2026-01-12 17:00:00.000000');
CREATE TABLE seat_holders (
	id INTEGER NOT NULL, 
	seat BIGINT NOT NULL, 
	person BIGINT NOT NULL, 
	since DATETIME NOT NULL, 
	until DATETIME, 
	CONSTRAINT pk_seat_holders PRIMARY KEY (id), 
	CONSTRAINT fk_seat_holders_seat_seats FOREIGN KEY(seat) REFERENCES seats (id)
);
INSERT INTO "seat_holders" VALUES(1,1,900000000000000101,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(2,2,900000000000000101,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(3,3,-43,'2026-01-05 12:00:00.000000','2026-01-08 12:00:00.000000');
INSERT INTO "seat_holders" VALUES(4,4,900000000000000103,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(5,5,900000000000000104,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(6,6,900000000000000105,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(7,7,900000000000000106,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(8,8,900000000000000109,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(9,9,900000000000000120,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(10,10,900000000000000121,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(11,11,900000000000000122,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(12,12,900000000000000123,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(13,13,900000000000000124,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seat_holders" VALUES(14,14,900000000000000125,'2026-01-08 13:00:00.000000',NULL);
CREATE TABLE seats (
	id INTEGER NOT NULL, 
	council BIGINT NOT NULL, 
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	country VARCHAR, 
	weight BIGINT NOT NULL, 
	veto BOOLEAN NOT NULL, 
	observer BOOLEAN NOT NULL, 
	may_abstain BOOLEAN NOT NULL, 
	since DATETIME NOT NULL, 
	left_at DATETIME, 
	CONSTRAINT pk_seats PRIMARY KEY (id), 
	CONSTRAINT ck_seats_kind CHECK (kind IN ('person', 'delegation')), 
	CONSTRAINT ck_seats_weight CHECK (weight >= 0), 
	CONSTRAINT fk_seats_council_councils FOREIGN KEY(council) REFERENCES councils (id)
);
INSERT INTO "seats" VALUES(1,2,'France','delegation','FR',1,0,0,1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seats" VALUES(2,1,'Member 1','person',NULL,1,0,0,1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seats" VALUES(3,1,'Former member 000043','person',NULL,1,0,0,1,'2026-01-05 12:00:00.000000','2026-01-08 12:00:00.000000');
INSERT INTO "seats" VALUES(4,1,'Member 3','person',NULL,1,0,0,1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seats" VALUES(5,1,'Member 4','person',NULL,1,0,0,1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seats" VALUES(6,1,'Member 5','person',NULL,1,0,0,1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seats" VALUES(7,1,'Member 6','person',NULL,1,0,0,1,'2026-01-05 12:00:00.000000',NULL);
INSERT INTO "seats" VALUES(8,1,'Member 9','person',NULL,1,0,0,1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seats" VALUES(9,3,'A','delegation',NULL,1,0,0,1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seats" VALUES(10,3,'B','delegation',NULL,1,0,0,1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seats" VALUES(11,3,'C','delegation',NULL,1,0,0,1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seats" VALUES(12,3,'D','delegation',NULL,1,0,0,1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seats" VALUES(13,3,'E','delegation',NULL,1,0,0,1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seats" VALUES(14,3,'F','delegation',NULL,1,0,0,1,'2026-01-08 13:00:00.000000',NULL);
INSERT INTO "seats" VALUES(15,3,'Free','delegation',NULL,1,0,0,1,'2026-01-08 13:00:00.000000',NULL);
CREATE TABLE troubles (
	council BIGINT NOT NULL, 
	kind VARCHAR NOT NULL, 
	detail TEXT NOT NULL, 
	failures BIGINT NOT NULL, 
	since DATETIME NOT NULL, 
	again_at DATETIME, 
	told BOOLEAN NOT NULL, 
	CONSTRAINT pk_troubles PRIMARY KEY (council, kind), 
	CONSTRAINT ck_troubles_kind CHECK (kind IN ('settling', 'posting', 'channel')), 
	CONSTRAINT fk_troubles_council_councils FOREIGN KEY(council) REFERENCES councils (id)
);
CREATE INDEX ix_schedules_opens_at ON schedules (opens_at);
CREATE INDEX ix_seats_sitting ON seats (council) WHERE left_at IS NULL;
CREATE INDEX ix_ballot_events_round_at_id ON ballot_events (round, at, id);
CREATE INDEX ix_docket_issue ON docket (issue);
CREATE INDEX ix_rulings_issue ON rulings (issue);
CREATE INDEX ix_seat_holders_person ON seat_holders (person, seat) WHERE until IS NULL;
CREATE INDEX ix_seat_holders_seat ON seat_holders (seat);
CREATE UNIQUE INDEX uq_seat_holders_now ON seat_holders (seat, person) WHERE until IS NULL;
CREATE INDEX ix_proxies_council ON proxies (council);
CREATE INDEX ix_ballots_round_seat ON ballots (round, seat);
CREATE INDEX ix_rounds_due ON rounds (status, closes_at, id);
CREATE INDEX ix_posts_waiting ON posts (due_at) WHERE done_at IS NULL;
CREATE INDEX ix_posts_subject ON posts (kind, subject) WHERE done_at IS NULL;
CREATE INDEX ix_reasons_issue_seat_given_at ON reasons (issue, seat, given_at);
CREATE UNIQUE INDEX uq_rounds_running ON rounds (council) WHERE status IN ('debate', 'open', 'paused', 'closing');
CREATE UNIQUE INDEX uq_posts_redraw ON posts (kind, subject) WHERE done_at IS NULL AND kind IN ('card', 'round', 'board', 'roll_call');
CREATE INDEX ix_recognised_council ON recognised (council);
CREATE INDEX ix_recognised_round ON recognised (round) WHERE round <> 0;
CREATE INDEX ix_seat_holders_ever ON seat_holders (person);
CREATE INDEX ix_barred_person ON barred (person);
CREATE INDEX ix_issues_proposer ON issues (proposer);
CREATE INDEX ix_issue_versions_author ON issue_versions (author);
CREATE INDEX ix_drafts_person ON drafts (person);
CREATE INDEX ix_drafts_at ON drafts (at);
CREATE INDEX ix_record_entries_council_at ON record_entries (council, at);
CREATE INDEX ix_seat_holders_ended ON seat_holders (until) WHERE until IS NOT NULL;
CREATE INDEX ix_posts_done ON posts (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX ix_record_entries_rare ON record_entries (council, kind) WHERE kind <> 'ballots cast';
CREATE INDEX ix_record_secrets_person ON record_secrets (value) WHERE label = 'person';
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('posts',69);
COMMIT;

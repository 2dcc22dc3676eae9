"""The rehearsal as a visitor meets it: `comity rehearse`, its page in a real browser, and its end."""

from __future__ import annotations

import asyncio
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright, expect

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/#\S+")
PATIENCE = 60_000
"""Milliseconds within which a step of the page is to be seen; never waited for in full unless something is wrong."""

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


@asynccontextmanager
async def rehearsing(*options: str) -> AsyncIterator[tuple[str, asyncio.subprocess.Process]]:
    """`comity rehearse` as a process of its own: the page's address and the process, which is ended afterwards."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "rehearse", "--port", "0", *options, cwd=ROOT, stdout=-1, stderr=-2
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            line = (await process.stdout.readline()).decode()
        address = ADDRESS.search(line)
        assert address is not None, line
        yield address[0], process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield running
        finally:
            await running.close()


async def use_command(page: Page, name: str) -> None:
    """Type a command and send it."""
    await page.locator("#channel-composer-input").click()
    await page.keyboard.type(f"/{name}")
    await page.keyboard.press("Enter")
    await page.locator("#send-message").click()


async def fill_in(page: Page, *texts: str) -> None:
    """Fill in the open form, field by field, and send it."""
    fields = page.locator("#modal-root").locator("input, textarea")
    for number, text in enumerate(texts):
        await fields.nth(number).fill(text)
    await page.get_by_role("button", name="Submit").click()


def message(page: Page, text: str) -> Locator:
    """The message that says so."""
    return page.locator("[data-message-id]").filter(has_text=text).last


@needs_browser
async def test_a_visitor_votes_and_sees_an_issue_promoted():
    # The clock stands still but for /hurry, so that the visitor is never too late.
    async with rehearsing("--speed", "0") as (address, _), browser() as running:
        page = await running.new_page(viewport={"width": 420, "height": 900})
        page.set_default_timeout(PATIENCE)
        await page.goto(address)

        await use_command(page, "propose")
        await fill_in(page, "Blockading a strait", "Ships of others are stopped in an international strait.", "")
        await expect(message(page, "Blockading a strait")).to_be_visible(timeout=PATIENCE)

        await message(page, "Round 1 is open").get_by_role("button", name="Vote").click()
        await message(page, "Your docket").get_by_role("button", name="Prohibited").click()
        await fill_in(page, "No state was ever safer for it.")
        receipt = message(page, "No state was ever safer for it.")
        await expect(receipt).to_contain_text("for the seat France", timeout=PATIENCE)

        await use_command(page, "hurry")
        result = message(page, "Result of round 1")
        await expect(result).to_contain_text("11 of 12 seats have voted", timeout=PATIENCE)
        await expect(result).to_contain_text("11 of 11 voting seats put it at adjustment or above", timeout=PATIENCE)
        await expect(result).to_contain_text("Promoted to adjustment", timeout=PATIENCE)

        await use_command(page, "hurry")
        await expect(message(page, "Round 2 is open")).to_contain_text("Blockading a strait", timeout=PATIENCE)
        width = await page.evaluate("document.documentElement.scrollWidth")
        assert width <= 420, "nothing is cut off on a phone"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")
async def test_the_rehearsal_ends_cleanly_when_told_to():
    async with rehearsing() as (_, process):
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(30):
            output, _ = await process.communicate()
        assert process.returncode == 0
        assert b"Traceback" not in output


async def test_a_port_that_is_taken_costs_one_line():
    async with rehearsing() as (address, _):
        port = address.rpartition(":")[2].partition("/")[0]
        second = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "rehearse", "--port", port, cwd=ROOT, stdout=-1, stderr=-2
        )
        output, _ = await second.communicate()
        assert second.returncode == 1
        assert f"could not bind port {port}" in output.decode()
        assert "--port" in output.decode()
        assert b"Traceback" not in output

"""A browser window that takes note of all that must not happen."""

from typing import Literal

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Route

Scheme = Literal["light", "dark"]


class Tab:
    """One window, with its troubles: dialogs, console errors, requests to other hosts."""

    def __init__(
        self, browser: Browser, base: str, width: int = 1024, scheme: Scheme = "light", *, script: bool = True
    ) -> None:
        self.troubles: list[str] = []
        self._base = base.rstrip("/")
        self._context = browser.new_context(
            base_url=base,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        self._context.set_default_timeout(15_000)
        self._context.route("**/*", self._route)
        self._context.on("page", self._watch)
        self.page = self._context.new_page()

    def close(self) -> None:
        self._context.close()

    def _watch(self, page: Page) -> None:
        page.on("dialog", self._dialog)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.troubles.append(f"error {error}"))

    def _route(self, route: Route, request: Request) -> None:
        if request.url.startswith((f"{self._base}/", "data:")):
            route.continue_()
            return
        self.troubles.append(f"asked for {request.url}")
        route.abort()

    def _dialog(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        # What the policy of an archived copy refuses is reported, and is what is wanted.
        refused = "/kopie/" in message.location.get("url", "") or "/kopie/" in self.page.url
        if message.type == "error" and not refused:
            self.troubles.append(f"console {message.text}")

from playwright.sync_api import Page


def test_a_page_opens(page: Page) -> None:
    page.set_content("<h1>Here</h1>")
    assert page.inner_text("h1") == "Here"

"""Care with children's details in a review: in the reviewer's remarks, and in the organisation's answers."""

from tests.app.consulting import judge, release, released_address
from tests.app.markup import send, visit
from tests.conftest import Browser

NAME = "Kingfisher Quay"
SAID = f"The girl {NAME} stood at the gate."
LEFT = "The girl [taken out] stood at the gate."


def test_a_reviewer_is_warned_of_a_remark_and_takes_it_out(
    carla: Browser, amina: Browser, review: str
) -> None:
    page = f"{review}/sections/before"
    judge(carla, amina, "before", {"B1:remark": SAID})
    form = visit(carla, page).form("/sections/before")
    assert form.buttons[0] == ("", "")
    done = send(carla, form, {"B2:level": "2"}, ("take_out", f"judgement:B1 remark {NAME}"))
    assert done.headers["location"] == f"{page}#point-B1"
    after = visit(carla, page).form("/sections/before")
    assert after.fields["B1:remark"] == LEFT
    assert after.fields["B2:level"] == "2"
    release(carla, amina)
    assert NAME not in visit(amina, released_address(amina)).html


def test_a_reviewer_keeps_a_remark_and_takes_nothing_out_of_what_the_organisation_says(
    carla: Browser, amina: Browser, review: str
) -> None:
    page = f"{review}/sections/before"
    judge(carla, amina, "before", {"B1:remark": SAID})
    send(carla, visit(carla, page).form("/sections/before"), button=("keep", f"judgement:B1 remark {NAME}"))
    form = visit(carla, page).form("/sections/before")
    assert form.fields["B1:remark"] == SAID
    assert [name for name, _value in form.buttons] == ["", "", "onward"]
    foreign = form.fields | {"take_out": "question:B1 note We always count."}
    assert carla.post(form.action, foreign).status_code == 404
    assert carla.post(f"{amina.home}/care", {"take_out": "question:B1 note We"}).status_code == 404


def test_the_organisation_is_warned_of_its_answer_and_takes_it_out(
    carla: Browser, amina: Browser, review: str
) -> None:
    release(carla, amina)
    address = released_address(amina)
    send(amina, visit(amina, address).form(address), {"B1:reply": SAID})
    button = ("take_out", f"reply:{address.rpartition('/')[2]}:B1 reply {NAME}")
    done = send(amina, visit(amina, address).form(address), button=button)
    assert done.headers["location"] == f"{address}#finding-B1"
    assert visit(amina, address).form(address).fields["B1:reply"] == LEFT
    assert NAME not in visit(carla, review).html

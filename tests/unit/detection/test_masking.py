"""Masked ids: stable in a workspace, meaningless outside, and filled into sentences only when shown."""

from __future__ import annotations

from detection.masking import mark, mask, masked_all, render

KEY, OTHER = b"key of this workspace", b"key of another"


def test_a_pseudonym_is_stable_and_depends_on_the_key() -> None:
    assert mask(KEY, "32060219700101") == mask(KEY, "32060219700101")
    assert mask(KEY, "32060219700101") != mask(OTHER, "32060219700101")
    assert mask(KEY, "a") != mask(KEY, "b")


def test_a_pseudonym_is_a_letter_and_13_characters_and_holds_nothing_of_the_id() -> None:
    shown = mask(KEY, "32060219700101")
    assert len(shown) == 15 and shown.startswith("P-")
    assert "1970" not in shown


def test_no_two_of_many_ids_share_a_pseudonym() -> None:
    many = 300_000
    assert len({mask(KEY, str(number)) for number in range(many)}) == many


def test_an_account_has_the_pseudonym_of_its_owner_and_a_provider_has_one_of_its_own() -> None:
    assert mask(KEY, "1024", "payer_account") == mask(KEY, "1024", "person")
    assert mask(KEY, "1024", "provider")[2:] != mask(KEY, "1024", "person")[2:]


def test_an_agency_is_shown_by_name_and_a_group_is_masked() -> None:
    """The id of a group is a hash of its members: a list of people could be tried against it."""
    assert mask(KEY, "320600-office", "agency") == "320600-office"
    shown = mask(KEY, "g-12ab", "group")
    assert shown.startswith("G-") and "12ab" not in shown
    assert shown != mask(OTHER, "g-12ab", "group")


def test_a_sentence_is_masked_unless_revealed() -> None:
    stored = f"{mark('person', '007')} at {mark('provider', 'p1')}"
    assert render(stored, KEY) == f"{mask(KEY, '007')} at {mask(KEY, 'p1', 'provider')}"
    assert render(stored, KEY, names={"p1": "Lilac Pharmacy"}).endswith("at Lilac Pharmacy")
    assert render(stored, KEY, reveal=True) == "007 at p1"


def test_an_id_cannot_break_out_of_its_mark() -> None:
    odd = "1⟧ ⟦person:2%⟧"
    assert render(mark("person", odd), KEY, reveal=True) == odd
    assert render(mark("person", odd), KEY) == mask(KEY, odd)


def test_many_ids_at_once_have_the_pseudonyms_of_each() -> None:
    ids = ["", "a", "32060219700101", "张三", *map(str, range(500))]
    for key in (KEY, b"k" * 64, b"longer than a block of the hash " * 3):
        assert masked_all(key, "settlement", ids) == [mask(key, each, "settlement") for each in ids]
    assert masked_all(KEY, "person", []) == []

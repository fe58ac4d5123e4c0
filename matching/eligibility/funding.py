"""The funding stack of one step: who may pay what, in the order they pay, with reasons."""

from collections.abc import Sequence
from dataclasses import replace

from matching.answer import CHILD_CARE, Funding
from matching.eligibility.case import clause
from matching.eligibility.entries import entry_of
from matching.eligibility.kleene import Truth, all_of
from matching.eligibility.offers import Offer, long_enough_for_pell, short_enough_for_workforce_pell
from matching.eligibility.questions import FACTS
from matching.eligibility.screening import APPEARS_INELIGIBLE, StreamVerdict, by_stream, judge
from matching.eligibility.supports import supports
from matching.eligibility.terms import (
    NOTHING_USED,
    WIOA_STREAMS,
    AccountUse,
    FundingTerms,
    Shares,
    StepCosts,
    award_usd,
    on_list,
    shares_of,
    trade_adjustment_open,
    within_account_length,
)
from matching.wording import Said, say, together
from taxonomy.frozen import frozen
from taxonomy.law import Parameter

_SCHOOL_BILL = ("tuition", "fees", "books")
_LIVING = ("housing",)
_ACCOUNT = ("tuition", "fees", "books", "tools", "exam")
_NURSE_AIDE = "42 CFR 483.152(c)"


@frozen
class FundingStack:
    """Funding of a step in last-dollar order, and what is left. Money is None where it is not known."""

    funding: tuple[Funding, ...]
    out_of_pocket_usd: float | None
    out_of_pocket_range_usd: tuple[float | None, float | None]
    account: AccountUse  # what this step and those before it take from the training account
    questions: tuple[str, ...]


def fund_program(
    costs: StepCosts,
    offer: Offer,
    verdicts: Sequence[StreamVerdict],
    terms: FundingTerms,
    *,
    used: AccountUse = NOTHING_USED,
) -> FundingStack:
    """Who may pay for a step, and what may be left to the person.

    Args:
        costs: what the step costs.
        offer: what the program is.
        verdicts: the person's verdicts, from `screen`.
        terms: the same, prepared by `funding_terms`.
        used: what earlier steps of the plan already took from the person's training account.
    """
    shares = shares_of(costs, offer, terms, used)
    streams = by_stream(verdicts)
    stack = [
        _pell(streams["pell"], offer, terms, shares),
        _workforce_pell(streams["workforce_pell"], offer, terms),
        _gi_bill(streams["gi_bill"], offer, terms),
        _nurse_aide_employer(offer, terms),
        _apprentice_wages(streams["apprenticeship"], offer),
        _through(streams["snap_et"], "snap_et_provider", (*_ACCOUNT, "transport", CHILD_CARE)),
        _through(streams["tanf"], None, _ACCOUNT),
        _trade_adjustment(streams),
        _account(streams, offer, terms, shares, used),
        *supports(streams, terms),
    ]
    funding = tuple(entry for entry in stack if entry is not None)
    low, high = (None, None) if shares is None else (shares.low_usd, shares.high_usd)
    return FundingStack(
        funding=funding,
        out_of_pocket_usd=high if low == high else None,
        out_of_pocket_range_usd=(low, high),
        account=_account_after(used, shares),
        questions=_questions(costs, funding),
    )


def _account_after(used: AccountUse, shares: Shares | None) -> AccountUse:
    if shares is None:
        return used
    return AccountUse(used.certain_usd + shares.account_certain_usd, used.possible_usd + shares.account_possible_usd)


def _pell(verdict: StreamVerdict, offer: Offer, terms: FundingTerms, shares: Shares | None) -> Funding:
    length = long_enough_for_pell(offer, terms.lengths)
    finding = all_of(
        "pell",
        verdict.citation,
        verdict.finding,
        clause("pell_used_here", offer.pell, "34 CFR 668.8", "pell_participation"),
        clause("long_enough", length, "34 CFR 668.8(d)", "credit_hours", parameters=_rows(terms.lengths.weeks_min)),
    )
    amount = shares.pell_certain_usd if shares and finding.value and award_usd(offer, terms) is not None else None
    note: str | None = _pell_note(offer, terms, amount)
    if finding.value is False:
        note = verdict.note if verdict.status == APPEARS_INELIGIBLE else None
    return entry_of(verdict, finding, _SCHOOL_BILL, amount, note)


def _pell_note(offer: Offer, terms: FundingTerms, amount: float | None) -> Said:
    if terms.pell_award_usd is None:
        return say("funding.pell_no_maximum")
    if amount is None:
        return say("funding.pell_at_most", award=f"${terms.pell_award_usd:,.0f}")
    award = award_usd(offer, terms) or 0.0
    up_to = say("funding.pell_up_to", award=f"${award:,.0f}")
    return together([up_to, say("funding.pell_rest")]) if award > amount else up_to


def _workforce_pell(verdict: StreamVerdict, offer: Offer, terms: FundingTerms) -> Funding | None:
    length = short_enough_for_workforce_pell(offer, terms.lengths)
    rows = _rows(terms.lengths.short_weeks_min, terms.lengths.short_weeks_below)
    finding = all_of(
        "workforce_pell",
        verdict.citation,
        verdict.finding,
        clause("program_length", length, "91 FR 29254", "credit_hours", parameters=rows),
        clause("program_approved", offer.approved, "91 FR 29254; 34 CFR part 690", "program_approval"),
    )
    if finding.value is False:
        return None
    return entry_of(verdict, finding, _SCHOOL_BILL, None, _workforce_note(verdict.note, terms))


def _workforce_note(note: str | None, terms: FundingTerms) -> str | None:
    """What approval asks of the program, which the list of approved programs vouches for."""
    if not terms.workforce_tests:
        return note
    shares = [f"{row.value:.0%}" for row in terms.workforce_tests]
    tests = say("funding.workforce_tests", completion=shares[0], placement=shares[-1])
    return together([note, tests]) if note else tests


def _gi_bill(verdict: StreamVerdict, offer: Offer, terms: FundingTerms) -> Funding | None:
    """Tuition, fees and books, with housing; an apprentice has no tuition, and housing that falls step by step."""
    shares = terms.apprentice_housing if offer.kind == "apprenticeship" else ()
    line = _through(verdict, "va_program_approval", _LIVING if shares else (*_SCHOOL_BILL, *_LIVING))
    if line is None or not shares:
        return line
    percents = ", ".join(f"{row.value:.0%}" for row in shares)
    housing = say("funding.gi_bill_apprentice", shares=percents)
    return replace(line, note=together([housing, line.note]) if line.note else housing)


def _through(verdict: StreamVerdict, asked: str | None, covers: tuple[str, ...]) -> Funding | None:
    """A stream whose amount is not known here, for which the program may have to qualify too."""
    if verdict.finding.value is False:
        return None
    parts = () if asked is None else (clause("program_qualifies", None, verdict.citation, asked),)
    return entry_of(
        verdict, all_of(verdict.stream, verdict.citation, verdict.finding, *parts), covers, None, verdict.note
    )


def _trade_adjustment(streams: dict[str, StreamVerdict]) -> Funding | None:
    values = {name: verdict.finding.value for name, verdict in streams.items()}
    return _through(streams["taa"], None, _ACCOUNT) if trade_adjustment_open(values) else None


def _nurse_aide_employer(offer: Offer, terms: FundingTerms) -> Funding | None:
    """A nursing facility may not charge an aide it employs or has offered work (42 CFR 483.152(c))."""
    rule = terms.nurse_aide_rule
    if rule is None or not offer.nurse_aide:
        return None
    status, missing = judge(clause("employer", None, _NURSE_AIDE, "employment_offer"))
    return Funding(
        stream="nursing_facility",
        name="Nursing facility that employs the aide",
        status=status,
        amount_usd=None,
        covers=(*_SCHOOL_BILL, "exam"),
        missing=missing,
        citation=_NURSE_AIDE,
        effective_from=rule.effective_from,
        effective_to=rule.effective_to,
        checked_on=rule.checked_on,
        note=say("funding.nurse_aide"),
    )


def _apprentice_wages(verdict: StreamVerdict, offer: Offer) -> Funding | None:
    if offer.kind != "apprenticeship" or verdict.finding.value is False:
        return None
    return entry_of(verdict, verdict.finding, ("wages",), None, verdict.note)


def _account(
    streams: dict[str, StreamVerdict], offer: Offer, terms: FundingTerms, shares: Shares | None, used: AccountUse
) -> Funding:
    """The WIOA training account: last, for what other grants leave (20 CFR 680.230), through the likeliest stream."""
    verdict = min((streams[name] for name in WIOA_STREAMS), key=lambda v: _likelihood(v.finding.value))
    listed, length = on_list(offer, terms), within_account_length(offer, terms)
    limit = _rows(terms.account_length_limit)
    demand = offer.in_demand if terms.demand_list_known else None
    finding = all_of(
        verdict.stream,
        verdict.citation,
        verdict.finding,
        clause("on_provider_list", listed, "20 CFR 680.340, 680.410", "provider_list"),
        clause("in_demand", demand, "20 CFR 680.210(b)", "demand_list"),
        clause("within_length_limit", length, "20 CFR 680.320", "account_length_limit", parameters=limit),
    )
    known = shares is not None and finding.value is True and terms.account_cap is not None
    amount = shares.account_certain_usd if shares and known else None
    return entry_of(verdict, finding, _ACCOUNT, amount, None if finding.value is False else _account_note(terms, used))


def _account_note(terms: FundingTerms, used: AccountUse) -> Said:
    cap, gate = terms.account_cap, say("funding.account_gate")
    if cap is None:
        return together([say("funding.account_no_cap"), gate])
    said = [say("funding.account_cap", cap=f"${cap.value:,.0f}", citation=cap.citation)]
    # What grants pay the account need not, so the sure case may be the one that takes more of it.
    most = max(used.certain_usd, used.possible_usd)
    if most:
        said.append(say("funding.account_spent", spent=f"${most:,.0f}"))
    return together([*said, gate])


def _likelihood(value: Truth) -> int:
    return {True: 0, None: 1, False: 2}[value]


def _rows(*rows: Parameter | None) -> tuple[Parameter, ...]:
    return tuple(row for row in rows if row is not None)


def _questions(costs: StepCosts, funding: tuple[Funding, ...]) -> tuple[str, ...]:
    """What to ask the provider about money: costs not known, and facts of the program that decide."""
    asked = [say("question.cost_of", part=say(f"question.{part}")) for part in costs.unknown_parts if part != "exam"]
    if costs.exam_usd is None:
        asked.append(say("question.exam_fee"))
    facts = [FACTS[fact] for entry in funding for fact in entry.missing]
    asked.extend(fact.question for fact in facts if fact.of_provider)
    return tuple(dict.fromkeys(asked))

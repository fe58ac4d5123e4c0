"""Job quality in words: each side of a job in one sentence, with its source, the unknown ones among them."""

from matching.answer_jobs import QualitySignal
from matching.explain.money import hourly
from matching.job_quality import JobQuality
from matching.wording import Said, say
from taxonomy.job_signals import SIGNAL_KINDS, JobSignal


def quality_signals(quality: JobQuality, row: int) -> tuple[QualitySignal, ...]:
    """Every side of a job's quality, known or not."""
    return tuple(_signal(kind, quality.find(kind, row)) for kind in SIGNAL_KINDS)


def _signal(kind: str, signal: JobSignal | None) -> QualitySignal:
    if signal is None:
        nothing = (None,) * 9
        return QualitySignal(kind, "unknown", *nothing, sentence=say(f"job.{kind}.unknown"))
    return QualitySignal(
        kind=kind,
        status="yes" if signal.holds else "no",
        value=signal.value,
        compared_with=signal.compared_with,
        about=signal.about,
        citation=signal.citation,
        link=signal.link,
        effective_from=signal.effective_from,
        effective_to=signal.effective_to,
        checked_on=signal.checked_on,
        verified=signal.verified,
        sentence=_sentence(kind, signal),
    )


def _sentence(kind: str, signal: JobSignal) -> Said:
    if not signal.holds:
        return say(f"job.{kind}.no", source=signal.citation)
    if kind == "wage_standard":
        named = {"about": signal.about, "day": signal.effective_from, "source": signal.citation}
        if signal.value is None:
            return say("job.wage_standard.yes", **named)
        return say("job.wage_standard.amount", wage=hourly(signal.value), **named)
    year = (signal.effective_from or "")[:4]
    if signal.value is None:
        return say(f"job.{kind}.yes", source=signal.citation)
    figures = {"value": f"{signal.value:g}", "about": signal.about, "year": year, "source": signal.citation}
    if signal.compared_with is not None:
        figures["all"] = f"{signal.compared_with:g}"
    return say(f"job.{kind}.figure", **figures)

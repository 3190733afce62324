"""The pages of taxonomy itself: its lists, and the own pages of the navigation."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from taxonomy.catalogue import catalogue, in_reading_order, today
from taxonomy.country_list import country_sections, total
from taxonomy.models import FormerPath, Institution, NavigationItem
from taxonomy.navigation import NavigationEntry, navigation
from taxonomy.structure import count, structure


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    """Show the countries by status and letter; `?status=asian-partners` shows one status alone."""
    sections = country_sections(today())
    status = request.GET.get("status", "")
    shown = [section for section in sections if status in {"", section.slug}]
    if status and not shown:
        raise Http404(_("No country has this status."))
    context = {"sections": sections, "shown": shown, "total": total(sections), "status": status}
    context |= {"canonical_query": f"?status={status}" if status else "", "chair": catalogue().chair_on(today())}
    context |= {"year": today().year, "trail": navigation().trail_above(request.path)}
    return render(request, "taxonomy/countries.html", context)


@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    """Show the whole structure, open and closed."""
    day = today()
    figures = {
        "institution_count": count(Institution.Kind.INSTITUTION, day, closed=False),
        "mission_count": count(Institution.Kind.FIELD_OPERATION, day, closed=False),
        "closed_count": count(Institution.Kind.FIELD_OPERATION, day, closed=True),
    }
    context = {"roots": structure(day), "chair": catalogue().chair_on(day), "year": day.year}
    trail = {"trail": navigation().trail_above(request.path)}
    return render(request, "taxonomy/institutions.html", context | figures | trail)


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Show the fields of work as a tree."""
    known = catalogue().topics
    roots = in_reading_order(topic for topic in known.values() if topic.parent not in known)
    context = {"roots": roots, "topics": known, "trail": navigation().trail_above(request.path)}
    return render(request, "taxonomy/topics.html", context)


@require_safe
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show the own page of the navigation at the path of its and its parents' slugs."""
    entry = navigation().by_path.get(path)
    if entry is None or not entry.is_own_page:
        return moved(entry, path)
    item = get_object_or_404(NavigationItem, pk=entry.pk)
    trail = navigation().trail_to(entry)
    context = {"entry": entry, "item": item, "trail": trail, "above": trail[-1] if trail else None}
    return render(request, "taxonomy/page.html", context | {"current": entry.name})


def moved(entry: NavigationEntry | None, path: str) -> HttpResponse:
    """Redirect from where no own page stands (any more).

    Raises:
        Http404: nothing ever stood here.
    """
    if entry:  # its address may change again, so browsers must not keep it
        return redirect(entry.address)
    former = get_object_or_404(FormerPath, path=path)
    return HttpResponsePermanentRedirect(navigation().by_pk[former.navigation_item_id].address)

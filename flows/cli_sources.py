"""The command line's `sources` group: the outlets that are read."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.faults import FAILED
from flows.settings import Settings

app = typer.Typer(help="The outlets that are read.", no_args_is_help=True)


@app.command("list")
def sources_list() -> None:
    """The outlets by key, with what is known of them."""
    from flows import console
    from flows.sources.registry import load_sources

    console.show_sources(load_sources())


@app.command("check")
def sources_check(
    keys: Annotated[list[str] | None, typer.Argument(help="Outlet keys; all when none is given.")] = None,
) -> None:
    """Ask every listing of the outlets whether it answers; those that do are marked verified."""
    from flows import console
    from flows.fetch.client import FetchClient
    from flows.sources.check import check_sources, verified
    from flows.sources.registry import choose, load_sources

    settings = Settings()
    wanted = choose(load_sources(), keys or [])
    with FetchClient(settings) as client:
        if not console.show_source_checks(verified(check_sources(wanted, client, settings))):
            raise typer.Exit(FAILED)


@app.command("add")
def sources_add(
    url: Annotated[str, typer.Argument(help="The site.")],
    country: Annotated[str | None, typer.Option(help="ISO 3166-1 alpha-3; none for an international body.")] = None,
) -> None:
    """Find the feeds and sitemaps of a site and write its manifest."""
    from flows import console
    from flows.fetch.client import FetchClient
    from flows.outcomes import Outcome
    from flows.sources.add import inspect_site, write_manifest
    from flows.sources.registry import MANIFESTS

    settings = Settings()
    with FetchClient(settings) as client:
        site = inspect_site(url, client, settings)
    if isinstance(site, Outcome):
        console.note(site)
        raise typer.Exit(FAILED)
    console.say(f"Written: {write_manifest(site, MANIFESTS, country)}. Look at it, then `communique sources check`.")

import json

from django.core.management.base import BaseCommand, CommandError

from jobs.discovery.quality import evaluate, read_everyday

MEASURES = {
    "ndcg_at_5": "nDCG@5",
    "good_first": "good first",
    "nothing_found": "nothing found",
    "false_answers": "false answers",
}


class Command(BaseCommand):
    help = "Asks the site's own list the everyday searches of a folder (queries.tsv, qrels.tsv) and scores it."

    def add_arguments(self, parser):
        parser.add_argument("folder")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, folder, **options):
        try:
            collection = read_everyday(folder)
            result = evaluate(collection)
        except (OSError, LookupError, ValueError) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        self.stdout.write(f"{'type':10}{'queries':>8}" + "".join(f"{title:>15}" for title in MEASURES.values()))
        for name, figures in {"all": result, **result["by_type"]}.items():
            row = "".join(f"{_written(figures[measure]):>15}" for measure in MEASURES)
            self.stdout.write(f"{name:10}{figures['queries']:8d}{row}")
        for query in result["worst"]:
            self.stdout.write(f"{query['score']:.4f}  {query['type']:10}{query['id']:8}{query['text']}")


def _written(figure):
    return "–" if figure is None else f"{figure:.4f}"

import json

from django.core.management.base import BaseCommand, CommandError

from search.analysis import ENGINES, LANGUAGES
from search.engine.client import EngineFailed
from search.quality.evaluation import evaluate, read_collection

MEASURES = ("ndcg_at_10", "mrr_at_10", "recall_at_100", "zero_hits")


class Command(BaseCommand):
    help = "Measures the search on a folder of texts, queries and judgements (docs.tsv, queries.tsv, qrels.tsv)."

    def add_arguments(self, parser):
        parser.add_argument("folder")
        parser.add_argument("--language", choices=LANGUAGES, default="fi")
        parser.add_argument("--analysis", choices=ENGINES)
        parser.add_argument(
            "--hierarchy", action="store_true", help="let the name of a group of occupations stand for those in it"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, folder, language, analysis, hierarchy, **options):
        try:
            collection = read_collection(folder)
            result = evaluate(collection, language=language, analysis=analysis, hierarchy=hierarchy)
        except (FileNotFoundError, LookupError, ValueError, EngineFailed) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        self.stdout.write(
            f"{result['documents']} texts, {result['engine']}, {result['analysis']}, "
            f"{result['ms_per_query']} ms a query"
        )
        self.stdout.write(f"{'type':10}{'queries':>8}{'nDCG@10':>9}{'MRR@10':>8}{'R@100':>8}{'zero':>8}")
        for name, scores in {"all": result, **result["by_type"]}.items():
            row = "".join(f"{scores[measure]:8.4f}" for measure in MEASURES)
            self.stdout.write(f"{name:10}{scores['queries']:8d} {row}")

"""What a run of scripts/bench has written: its figures, the machine, and what comes of each row."""
import json
import pathlib

ROWS = json.loads((pathlib.Path(__file__).resolve().parents[1] / "suite/rows.json").read_text())


class Results:
    def __init__(self, path):
        lines = [json.loads(line) for line in pathlib.Path(path).read_text().splitlines() if line.strip()]
        self.machine = next(line for line in lines if line["name"] == "machine")
        self.figures = [line for line in lines if line["name"] != "machine"]

    def of_row(self, row):
        return [figure for figure in self.figures if figure["row"] == row]

    def find(self, name):
        """The figure of that name; nothing where it was not measured."""
        return next((one for one in self.figures if one["name"] == name and one["value"] is not None), None)

    def verdict(self, row):
        """"met", "missed", "met in part" (the rest was not measured), or "not measured"."""
        held = [one for one in self.of_row(row) if one["target"] is not None or one["met"] is None and "why" in one]
        if any(one["met"] is False for one in held):
            return "missed"
        met = [one for one in held if one["met"]]
        if not met:
            return "not measured"
        return "met" if len(met) == len(held) else "met in part"


def number(value):
    """Three digits, as people write them."""
    if value is None:
        return ""
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return "{:,.0f}".format(value)
    text = "%.3g" % value
    return "{:.4f}".format(value).rstrip("0") if "e" in text else text

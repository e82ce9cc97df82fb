#include "admin/metrics.hpp"

/// What the metrics say of sources and of the schedule.
namespace crier::admin {
namespace {

/// Of more entries than these each is no series of its own: a schedule may have a hundred thousand.
constexpr std::size_t most_entries = 1000;

const engine::SourceTally& source_tally_of(const engine::Engine& engine, std::string_view source) {
    static const engine::SourceTally none;
    const auto& sources = engine.tally().sources;
    const auto known = sources.find(source);
    return known == sources.end() ? none : known->second;
}

} // namespace

void Metrics::tell_sources(Exposition& out) const {
    using engine::ItemFate;
    using engine::LookEnd;
    const std::vector<SourceState> sources = engine_.sources();
    const auto each = [&](Family& family, auto&& add) {
        for (const SourceState& source : sources)
            add(family, source, source_tally_of(engine_, source.source));
    };
    out.gauge(
        "crier_source_state",
        "1 for the state that the source is in: `ok`; `failing` since its last look; `paused` by a person; "
        "`gone` for good by its own word (410), and not looked at any more. `crier why source:S` says more. "
        "(Sources that entries draw from on demand have no state.)",
        [&](Family& family) {
            for (const SourceState& source : sources)
                family.add_state({{"source", source.source}}, "state", {"ok", "failing", "paused", "gone"},
                                 engine_.is_gone(source.source) ? "gone"
                                 : source.paused                ? "paused"
                                 : source.failures > 0          ? "failing"
                                                                : "ok");
        });
    out.counter(
        "crier_source_looks_total",
        "Looks at the source since the start: something `new` in it, `unchanged`, or `failed`. Of a source "
        "that others send to: what was sent.",
        [&](Family& family) {
            each(family, [](Family& to, const SourceState& source, const engine::SourceTally& tally) {
                to.add({{"source", source.source}, {"outcome", "new"}}, tally.looks[LookEnd::news]);
                to.add({{"source", source.source}, {"outcome", "unchanged"}},
                       tally.looks[LookEnd::unchanged]);
                to.add({{"source", source.source}, {"outcome", "failed"}}, tally.looks[LookEnd::failed]);
            });
        });
    out.counter(
        "crier_source_items_total",
        "Items that had not been seen before, since the start, one for each account of the source: "
        "`accepted` as a post, `filtered` out or too old, `noted` in a first run, `told` by another source "
        "before, `adopted` from what another bot had posted. `crier items S --explain` shows each verdict.",
        [&](Family& family) {
            each(family, [](Family& to, const SourceState& source, const engine::SourceTally& tally) {
                const std::pair<std::string_view, ItemFate> fates[] = {{"accepted", ItemFate::accepted},
                                                                       {"filtered", ItemFate::filtered},
                                                                       {"noted", ItemFate::noted},
                                                                       {"told", ItemFate::told},
                                                                       {"adopted", ItemFate::adopted}};
                for (const auto& [word, fate] : fates)
                    to.add({{"source", source.source}, {"fate", word}}, tally.items[fate]);
            });
        });
    out.gauge("crier_source_consecutive_failures",
              "Looks that have failed one after another; 0: the last one was good.", [&](Family& family) {
                  for (const SourceState& source : sources)
                      family.add({{"source", source.source}}, static_cast<double>(source.failures));
              });
    out.gauge("crier_source_last_look_timestamp_seconds", "When it was last looked at, well or not.",
              [&](Family& family) {
                  for (const SourceState& source : sources)
                      family.add({{"source", source.source}}, std::optional{source.last_poll});
              });
    out.gauge("crier_source_last_success_timestamp_seconds", "When it was last read well.",
              [&](Family& family) {
                  for (const SourceState& source : sources)
                      family.add({{"source", source.source}}, std::optional{source.last_success});
              });
    out.gauge(
        "crier_source_last_new_item_timestamp_seconds",
        "When a post was last made of one of its items; not known of the time before the start.",
        [&](Family& family) {
            for (const SourceState& source : sources)
                family.add({{"source", source.source}}, source_tally_of(engine_, source.source).last_new);
        });
    out.gauge("crier_source_next_look_timestamp_seconds", "When it is looked at next.", [&](Family& family) {
        for (const SourceState& source : sources)
            if (!source.paused)
                family.add({{"source", source.source}}, std::optional{source.next_poll});
    });
    out.gauge("crier_source_fuse_tripped",
              "1: it suddenly wanted too much, and its posts are held until `crier resume source:S`.",
              [&](Family& family) {
                  for (const SourceState& source : sources)
                      family.add({{"source", source.source}}, source.fuse.open());
              });
}

void Metrics::tell_schedule(Exposition& out) const {
    const std::vector<engine::Planner::EntryView> entries = engine_.planner().entries();
    const bool each = entries.size() <= most_entries;
    out.gauge(
        "crier_schedule_entries",
        "Entries of the schedule. With more than 1000, only those that are paused or whose fuse has tripped "
        "have series of their own.",
        [&](Family& family) { family.add({}, std::uint64_t{entries.size()}); });
    out.counter("crier_schedule_missed_total",
                "Occurrences of the schedule since the start that were missed and not posted: the daemon was "
                "down, or the entry paused or broken, when they were due (the log's `schedule.missed`).",
                [&](Family& family) { family.add({}, engine_.tally().occurrences_missed); });
    out.gauge("crier_entry_next_due_timestamp_seconds",
              "When the entry fires next, paused or not. Without one it never does again.",
              [&](Family& family) {
                  for (const auto& entry : entries)
                      if (each)
                          family.add({{"entry", entry.name}}, entry.next);
              });
    out.gauge("crier_entry_paused", "1: a person has paused it; `crier resume entry:E`.",
              [&](Family& family) {
                  for (const auto& entry : entries)
                      if (each || entry.paused)
                          family.add({{"entry", entry.name}}, entry.paused);
              });
    out.gauge("crier_entry_fuse_tripped",
              "1: it suddenly wanted too much, and its posts are held until `crier resume entry:E`.",
              [&](Family& family) {
                  for (const auto& entry : entries)
                      if (each || entry.tripped)
                          family.add({{"entry", entry.name}}, entry.tripped);
              });
}

} // namespace crier::admin

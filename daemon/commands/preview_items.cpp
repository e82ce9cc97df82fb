#include "commands/preview_items.hpp"

#include "engine/compose.hpp"

#include <utility>

namespace crier::commands {

PreviewItems::PreviewItems(const Invocation& call, const Settings& settings,
                           const std::optional<States>& known, const KnownServers& servers, bool online)
    : settings_(settings)
    , drawn_(known ? engine::marks_by_entry(known->drawn) : engine::DrawnMarks{})
    , servers_(servers)
    , online_(online)
    , composition_(context_, call, settings, log_) {}

Result<engine::Stock> PreviewItems::look(const EntrySettings& entry) {
    if (!online_)
        return Failure{Cause::unsupported,
                       entry.draw ? "its item is drawn from " + entry.draw->from + ": --online shows it"
                                  : "its item comes from a command: --online runs it"};
    const SourceSettings* source = source_of(settings_, entry);
    auto filter = CompiledFilter::compile(source->filter ? *source->filter : Filter{});
    if (!filter)
        return filter.error();
    Result<SourceYield> yield = composition_.look_at(*source);
    if (!yield)
        return yield.error();
    return engine::Stock{std::move(yield->items), *source, *filter};
}

const PreviewItems::Found& PreviewItems::of(const schedule::Foreseen& foreseen, const schedule::Zone& zone,
                                            std::int64_t counter) {
    const EntrySettings& entry = *foreseen.entry;
    const auto [place, fresh] = courses_.try_emplace(entry.name);
    Course& course = place->second;
    if (fresh) {
        course.stock = look(entry);
        course.marks = std::move(drawn_[entry.name]);
    }
    // All accounts of an occurrence have the same item.
    if (std::exchange(course.nominal, foreseen.nominal) != foreseen.nominal)
        find(course, entry, zone, counter);
    return course.found;
}

void PreviewItems::find(Course& course, const EntrySettings& entry, const schedule::Zone& zone,
                        std::int64_t counter) {
    course.found = Found{};
    if (!course.stock) {
        course.found.note = course.stock.error().message;
        return;
    }
    const engine::Stock& stock = *course.stock;
    const auto why_not = [&](const Item& item) {
        const engine::EntryOccurrence occurrence{entry, zone, course.nominal, counter, &item};
        return engine::why_dropped(occurrence, [&](const std::string& account) -> const ServerProfile& {
            return servers_.of(account);
        });
    };
    if (!entry.draw) {
        for (const Item& item : stock.items) {
            course.found.note = why_not(item);
            if (course.found.note.empty()) {
                course.found.item = item;
                course.found.note = "as its command yields it now";
                return;
            }
        }
        if (course.found.note.empty())
            course.found.note = "its command yields nothing now";
        return;
    }
    const engine::DrawnFrom drawn =
        engine::draw_from(stock, entry, zone, course.nominal, course.marks, why_not);
    if (!drawn.choice) {
        course.found.note = "there is nothing to draw from " + entry.draw->from +
                            (drawn.note.empty() ? "" : ": " + drawn.note);
        return;
    }
    course.found.item = stock.items[drawn.choice->index];
    course.marks.insert_or_assign(stock.identities[drawn.choice->index], drawn.choice->mark);
}

} // namespace crier::commands

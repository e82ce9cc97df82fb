#include "engine/schedule_preview.hpp"

#include "engine/restraint.hpp"

#include <utility>

namespace crier::engine {

SchedulePreview::SchedulePreview(const Settings& settings, ProfileOf profile, FiredOf fired, ItemOf item)
    : settings_(settings)
    , profile_(std::move(profile))
    , fired_(std::move(fired))
    , item_(std::move(item)) {}

std::vector<Planned> SchedulePreview::posts(const schedule::Foreseen& foreseen) {
    const EntrySettings& entry = *foreseen.entry;
    const schedule::Zone zone = schedule::Zone::find_or_utc(entry.timezone);
    EntryOccurrence occurrence{entry, zone, foreseen.nominal, foreseen.number + fired_(entry)};
    const bool asks = entry.draw || entry.run;
    std::string note;
    if (asks) {
        const FoundItem& found = item_(foreseen, zone, occurrence.counter);
        if (found.item)
            occurrence.item = &*found.item;
        note = found.note;
    }
    if (entry.only_if)
        note += (note.empty() ? "" : "; ") + std::string{"if its condition says so"};
    const PostTarget& target = *foreseen.target;
    std::vector<Composed> parts = compose_parts(occurrence, target, profile_(target.account));
    std::vector<Planned> posts;
    for (Composed& post : parts) {
        Planned planned;
        planned.nominal = foreseen.nominal;
        planned.due = foreseen.due.value_or(foreseen.nominal);
        if (!foreseen.expires)
            planned.leaves = foreseen.leaves;
        planned.what = entry.name;
        planned.account = target.account;
        planned.zone = zone;
        planned.post = std::move(post);
        planned.part = static_cast<int>(posts.size()) + 1;
        planned.parts = static_cast<int>(parts.size());
        planned.left_out = foreseen.why_not();
        if (posts.empty())
            planned.restraint = restraint_of(settings_, target.account, entry.approval.get());
        const bool posted = planned.left_out.empty();
        if (posted && asks && occurrence.item == nullptr) {
            planned.left_out = note;
            planned.post = Composed{}; // nobody knows it yet
        } else if (posted && !note.empty())
            planned.post.note += (planned.post.note.empty() ? "" : "; ") + note;
        posts.push_back(std::move(planned));
    }
    return posts;
}

} // namespace crier::engine

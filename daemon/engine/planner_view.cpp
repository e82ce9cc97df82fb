#include "core/schedule/due.hpp"
#include "engine/planner.hpp"

#include <algorithm>
#include <functional>
#include <utility>

/// What the planner says of what is to come.
namespace crier::engine {

std::vector<Upcoming> Planner::upcoming(std::size_t count) const {
    std::vector<Upcoming> list;
    using Next = std::pair<Instant, std::size_t>;
    std::vector<Next> heap;
    for (std::size_t i = 0; i < slots_.size(); ++i)
        if (slots_[i].progress.next != EntryProgress::never && !slots_[i].paused())
            heap.emplace_back(slots_[i].progress.next, i);
    std::make_heap(heap.begin(), heap.end(), std::greater<>{});
    while (list.size() < count && !heap.empty()) {
        std::pop_heap(heap.begin(), heap.end(), std::greater<>{});
        const auto [when, index] = heap.back();
        heap.pop_back();
        const EntrySlot& slot = slots_[index];
        Upcoming next;
        next.entry = slot.entry().name;
        next.due = when;
        list.push_back(std::move(next));
        if (const Instant after = slot.next_after(when); after != EntryProgress::never) {
            heap.emplace_back(after, index);
            std::push_heap(heap.begin(), heap.end(), std::greater<>{});
        }
    }
    return list;
}

std::vector<Instant> Planner::next_of(std::string_view entry, std::size_t count) const {
    std::vector<Instant> list;
    if (const std::optional<std::size_t> index = slot_of(entry))
        for (Instant next = slots_[*index].progress.next; next != EntryProgress::never && list.size() < count;
             next = slots_[*index].next_after(next))
            list.push_back(next);
    return list;
}

std::vector<Occurrence> Planner::occurrences(const std::string& account, Instant until) const {
    constexpr std::size_t most = 1000;
    std::vector<Occurrence> found;
    for (const Firing& firing : firing_)
        if (firing.account == account && firing.post.next <= until) {
            Occurrence occurrence;
            occurrence.due = firing.post.next;
            occurrence.media = firing.post.media;
            found.push_back(occurrence);
        }
    const auto of = by_account_.find(account);
    if (of == by_account_.end())
        return found;
    for (const std::uint32_t index : of->second.slots) {
        const EntrySlot& slot = slots_[index];
        if (slot.paused() || slot.fuse().open())
            continue; // what it makes does not leave by itself
        for (const PostTarget& target : slot.entry().targets) {
            if (target.account != account)
                continue;
            const AccountSettings& to = settings_->accounts.find(account)->second;
            std::size_t count = 0;
            Instant nominal = slot.progress.next;
            for (; nominal != EntryProgress::never && nominal <= until && count < most; ++count) {
                const std::optional<Instant> due = schedule::due_of(slot.entry(), to, nominal);
                Occurrence occurrence;
                occurrence.due = due.value_or(Instant::max());
                occurrence.media = static_cast<int>(target.post->most_media());
                if (occurrence.due <= until)
                    found.push_back(occurrence);
                nominal = slot.next_after(nominal);
            }
        }
    }
    return found;
}

std::vector<Planner::EntryView> Planner::entries() const {
    std::vector<EntryView> list;
    list.reserve(slots_.size());
    for (const EntrySlot& slot : slots_) {
        EntryView view;
        view.name = slot.entry().name;
        if (slot.progress.next != EntryProgress::never)
            view.next = slot.progress.next;
        view.paused = slot.paused();
        view.tripped = slot.fuse().open();
        list.push_back(view);
    }
    return list;
}

std::map<std::string, Instant> Planner::next_by_account() const {
    std::map<std::string, Instant> next;
    for (const EntrySlot& slot : slots_) {
        const Instant first = slot.progress.next;
        if (first == EntryProgress::never || slot.paused())
            continue;
        for (const PostTarget& target : slot.entry().targets) {
            const auto [known, fresh] = next.emplace(target.account, first);
            if (!fresh)
                known->second = std::min(known->second, first);
        }
    }
    return next;
}

std::unordered_map<std::string_view, Planner::Standing> Planner::standings() const {
    std::unordered_map<std::string_view, Standing> all;
    all.reserve(slots_.size());
    for (const EntrySlot& slot : slots_) {
        Standing standing;
        standing.next = slot.progress.next;
        standing.fired = slot.progress.counter;
        standing.paused = slot.paused();
        standing.tripped = slot.fuse().open();
        all.emplace(slot.entry().name, standing);
    }
    return all;
}

std::vector<std::string> Planner::paused() const {
    std::vector<std::string> names;
    for (const EntrySlot& slot : slots_)
        if (slot.paused())
            names.push_back(slot.entry().name);
    return names;
}

std::optional<EntryState> Planner::state_of(std::string_view entry) const {
    const std::optional<std::size_t> index = slot_of(entry);
    return index ? std::optional{slots_[*index].state()} : std::nullopt;
}

std::vector<EntryState> Planner::tripped() const {
    std::vector<EntryState> states;
    for (const EntrySlot& slot : slots_)
        if (slot.fuse().open())
            states.push_back(slot.state());
    return states;
}

} // namespace crier::engine

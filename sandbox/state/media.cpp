#include "sandbox/state/media.hpp"

#include <algorithm>
#include <utility>

namespace crier::sandbox {

using std::chrono::days;
using std::chrono::hours;

namespace {

constexpr hours vacuum_hour{3};

} // namespace

Processing Attachment::processing(Time now) const noexcept {
    if (looks_left > 0 || now < ready_at)
        return Processing::running;
    return fails ? Processing::failed : Processing::done;
}

Time vacuum_time(Time free_since) {
    const Time old = free_since + days{1};
    const Time run = Time{std::chrono::floor<days>(old)} + vacuum_hour;
    return run < old ? run + days{1} : run;
}

Attachment& MediaShelf::add(Attachment attachment) {
    bytes_ += attachment.bytes.size();
    by_age_.push_back(attachment.id);
    std::string id = attachment.id;
    Attachment& kept = shelf_.insert_or_assign(std::move(id), std::move(attachment)).first->second;
    make_room();
    return kept;
}

Attachment* MediaShelf::find(const std::string& id) {
    const auto found = shelf_.find(id);
    return found == shelf_.end() ? nullptr : &found->second;
}

const Attachment* MediaShelf::find(const std::string& id) const {
    const auto found = shelf_.find(id);
    return found == shelf_.end() ? nullptr : &found->second;
}

void MediaShelf::erase(const std::string& id) {
    const auto node = shelf_.extract(id);
    if (node.empty())
        return;
    bytes_ -= node.mapped().bytes.size();
    std::erase(by_age_, id);
}

void MediaShelf::vacuum(Time now) {
    const auto night = std::chrono::floor<days>(now - vacuum_hour);
    if (night_ == night)
        return;
    night_ = night;
    std::vector<std::string> over;
    for (const auto& [id, attachment] : shelf_)
        if (attachment.attached_to.empty() && now >= vacuum_time(attachment.free_since))
            over.push_back(id);
    for (const std::string& id : over)
        erase(id);
}

void MediaShelf::clear() {
    shelf_.clear();
    by_age_.clear();
    bytes_ = 0;
    night_.reset();
}

void MediaShelf::make_room() {
    while (bytes_ > most_bytes && by_age_.size() > 1) {
        if (Attachment* const oldest = find(by_age_.front())) {
            bytes_ -= oldest->bytes.size();
            oldest->bytes = {};
        }
        by_age_.erase(by_age_.begin());
    }
}

} // namespace crier::sandbox

#include "sandbox/state/request_log.hpp"

namespace crier::sandbox {
namespace {

std::size_t size_of(const LogEntry& entry) {
    std::size_t size = 256 + entry.path.size() + entry.query.size() + entry.key.size() + entry.body.size();
    for (const auto& [name, value] : entry.headers)
        size += 64 + name.size() + value.size();
    for (const LoggedPart& part : entry.parts)
        size += 128 + part.text.size();
    return size;
}

} // namespace

LogEntry& RequestLog::add(LogEntry entry) {
    entry.number = ++last_;
    sizes_.push_back(size_of(entry));
    bytes_ += sizes_.back();
    entries_.push_back(std::move(entry));
    while (entries_.size() > most_entries || (bytes_ > most_bytes && entries_.size() > 1)) {
        bytes_ -= sizes_.front();
        sizes_.pop_front();
        entries_.pop_front();
    }
    return entries_.back();
}

LogEntry* RequestLog::find(std::uint64_t number) {
    if (entries_.empty() || number < entries_.front().number || number > last_)
        return nullptr;
    return &entries_[static_cast<std::size_t>(number - entries_.front().number)];
}

void RequestLog::clear() {
    entries_.clear();
    sizes_.clear();
    bytes_ = 0;
}

} // namespace crier::sandbox

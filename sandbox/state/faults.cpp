#include "sandbox/state/faults.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace crier::sandbox {
namespace {

constexpr std::array names{"401",
                           "403",
                           "404",
                           "422",
                           "429",
                           "500",
                           "500_html",
                           "502",
                           "503",
                           "504",
                           "hang",
                           "cut",
                           "cut_body",
                           "cut_upload",
                           "reset",
                           "empty_200",
                           "garbage_200",
                           "slow",
                           "media_pending",
                           "no_v2",
                           "replay_500",
                           "replay_inflight_duplicate",
                           "replay_503_wait",
                           "replay_ignore",
                           "replay_refused",
                           "replay_errors"};

bool is_media(std::string_view path) {
    return path == "/api/v1/media" || path == "/api/v2/media";
}

/// Whether it was asked for with a name that means such requests.
bool is_on(const Fault& fault, std::string_view method, std::string_view path) {
    if (fault.on == "*")
        return true;
    if (fault.on == "POST media")
        return method == "POST" && is_media(path);
    return (std::string{method} + " " + std::string{path}).starts_with(fault.on);
}

/// Some can only happen to certain requests.
bool possible(std::string_view what, std::string_view method, std::string_view path) {
    if (what == "no_v2")
        return path.starts_with("/api/v2/");
    if (what == "cut_upload") // met before the request is whole
        return false;
    if (what == "media_pending")
        return method == "POST" && is_media(path);
    if (!replay_of(what).empty())
        return method == "POST" && path == "/api/v1/statuses";
    return true;
}

} // namespace

bool known_fault(std::string_view what) {
    return std::find(names.begin(), names.end(), what) != names.end();
}

std::string fault_list() {
    std::string list;
    for (const char* name : names)
        list += (list.empty() ? "" : ", ") + std::string{name};
    return list;
}

std::string_view replay_of(std::string_view what) {
    constexpr std::string_view mark = "replay_";
    return what.starts_with(mark) ? what.substr(mark.size()) : std::string_view{};
}

bool concerns(const Fault& fault, std::string_view method, std::string_view path) {
    return possible(fault.what, method, path) && is_on(fault, method, path);
}

bool FaultQueue::add(Fault fault) {
    if (faults_.size() >= most)
        return false;
    faults_.push_back(std::move(fault));
    return true;
}

std::optional<Fault> FaultQueue::take(std::string_view method, std::string_view path) {
    return take_first([&](const Fault& fault) { return concerns(fault, method, path); });
}

std::optional<Fault> FaultQueue::take_cut(std::string_view method, std::string_view path) {
    return take_first(
        [&](const Fault& fault) { return fault.what == "cut_upload" && is_on(fault, method, path); });
}

template <class Predicate>
std::optional<Fault> FaultQueue::take_first(Predicate wanted) {
    const auto first = std::find_if(faults_.begin(), faults_.end(), wanted);
    if (first == faults_.end())
        return std::nullopt;
    Fault taken = *first;
    if (--first->count <= 0)
        faults_.erase(first);
    return taken;
}

} // namespace crier::sandbox

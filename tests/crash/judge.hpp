#pragma once

#include "crash/plan.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace crier::crash {

/// What is wrong, each in a line; nothing wrong: all empty.
struct Verdict {
    std::vector<std::string> lost;
    std::vector<std::string> doubled;
    std::vector<std::string> wrong; ///< there once, and not as asked; or nobody asked for it

    [[nodiscard]] bool good() const noexcept { return lost.empty() && doubled.empty() && wrong.empty(); }
};

/// Holds what was accepted against the statuses that the server has made, as GET /sandbox/statuses lists
/// them. Ticks need not be announced: between the first and the last that are there, none may be missing.
[[nodiscard]] Verdict judge(std::vector<Wanted> wanted, const boost::json::array& statuses);

/// What the daemon believes, as `crier outbox list --json` has it: each published, and each status settles
/// one post.
[[nodiscard]] Verdict judge_outbox(const std::vector<boost::json::object>& outbox,
                                   const boost::json::array& statuses);

} // namespace crier::crash

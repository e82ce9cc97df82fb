#pragma once

#include "engine/adopt.hpp"
#include "engine/edits.hpp"
#include "engine/orders.hpp"
#include "ports/store.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

/// What requests say, as the engine's values; the commands write the same JSON.
namespace crier::admin {

[[nodiscard]] Result<engine::PostOrder> order_from_json(const boost::json::object& object);
/// The same of what is still being written: it needs no `key`.
[[nodiscard]] Result<engine::PostOrder> draft_from_json(const boost::json::object& object);
[[nodiscard]] boost::json::object to_json(const engine::PostOrder& order);
[[nodiscard]] Result<engine::AdoptOrder> adopt_from_json(const boost::json::object& object);

/// What `crier outbox edit` (text, spoiler_text, visibility, language, alts) or `reschedule` (at) gave. `at`:
/// RFC 3339, "now", or how long from `now` on ("2h").
[[nodiscard]] Result<engine::PostEdit> edit_from_json(const boost::json::object& object);
[[nodiscard]] Result<engine::PostEdit> reschedule_from_json(const boost::json::object& object, Instant now);

using Query = std::vector<std::pair<std::string, std::string>>;

/// Posts in one answer: a longer list comes in pieces, so that no answer takes the loop's time, or its
/// memory, away from what is due.
inline constexpr std::size_t most_listed = 1000;

/// For the parameter `after` of the next piece, behind this post.
[[nodiscard]] std::string cursor_text(const Post& last);

/// `since` is RFC 3339, or a duration back from `now` ("2h").
[[nodiscard]] Result<PostQuery> query_from_parameters(const Query& parameters, Instant now);

/// The same for those who act on all that fit. A filter that says nothing is a script's mistake, not a wish
/// to act on everything.
[[nodiscard]] Result<PostQuery> filter_from_parameters(const Query& parameters, Instant now);

/// `n`, from 1 to 1000; 10 when it is not there.
[[nodiscard]] Result<std::size_t> next_count_from_parameters(const Query& parameters);

} // namespace crier::admin

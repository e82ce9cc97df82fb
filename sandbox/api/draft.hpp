#pragma once

#include "sandbox/api/call.hpp"
#include "sandbox/http/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace crier::sandbox {

/// The rules for what is to be posted. Each gives the refusal, or nothing when it is kept.

/// The status that it answers, and the one that it quotes.
[[nodiscard]] std::optional<Response> read_parents(const Call& call, Draft& draft);

/// The media: how many, whose, of one kind, processed. `edited`: a status that may keep its own.
[[nodiscard]] std::optional<Response> read_media(const Call& call, const Status* edited, Draft& draft);

/// Text, warning, language, visibility, poll, and what this kind of server has beside them, as far as they
/// can be read. After the parents.
void read_fields(const Call& call, Draft& draft);

/// Something to post, not too long, a known visibility, a proper poll.
[[nodiscard]] std::optional<Response> check_draft(const Call& call, const Draft& draft);

[[nodiscard]] std::string without_edges(std::string_view text);

} // namespace crier::sandbox

#pragma once

#include "core/delivery/reply.hpp"
#include "core/failure.hpp"
#include "core/post.hpp"

namespace crier::engine {

/// What of a post its server does not offer, apart from the length of its text: too many media, a poll that
/// is too long or beside media, quotes, other than plain text, staying on the server. What is sent all the
/// same would be refused, or be shown as nobody meant it.
///
/// A failure is Cause::usage and says how to mend it.
[[nodiscard]] Result<> check_forms(const PostContent& content, const ServerProfile& server);

/// The same as the reason of a post that is held.
[[nodiscard]] std::string why_unfit(const Failure& unfit);

} // namespace crier::engine

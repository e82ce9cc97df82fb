#pragma once

#include "commands/composition.hpp"
#include "core/delivery/reply.hpp"

namespace crier::commands {

/// Asks the account's server what it makes of a token; nothing is posted. What server it is, is asked first:
/// what its answer means depends on that.
[[nodiscard]] Reply try_token(boost::asio::io_context& context, Composition& composition,
                              const AccountSettings& account, TokenSource& token);

} // namespace crier::commands

#include "commands/try_token.hpp"

#include "commands/run_coroutine.hpp"
#include "mastodon/publisher.hpp"

namespace crier::commands {

Reply try_token(boost::asio::io_context& context, Composition& composition, const AccountSettings& account,
                TokenSource& token) {
    const auto publisher = mastodon::make_publisher(account, composition.http(), token, composition.clock());
    (void)run_coroutine(context, publisher->profile());
    return run_coroutine(context, publisher->probe());
}

} // namespace crier::commands

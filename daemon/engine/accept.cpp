#include "engine/accept.hpp"

#include <utility>

namespace crier::engine {

std::string server_host(std::string_view server) {
    const auto scheme = server.find("://");
    return std::string{scheme == std::string_view::npos ? server : server.substr(scheme + 3)};
}

Post accept(const AccountSettings& account, const Acceptance& acceptance, Composed composed) {
    Post post;
    post.key = post_key(server_host(account.server), account.name, acceptance.origin);
    post.account = account.name;
    post.origin = acceptance.origin;
    post.priority = acceptance.priority;
    post.due = acceptance.due;
    post.next = acceptance.due;
    post.expires = acceptance.expires;
    post.created = acceptance.now;
    post.content = std::move(composed.content);
    if (!composed.hold.empty()) {
        post.state = PostState::held;
        post.code = ReasonCode::content;
        post.reason = std::move(composed.hold);
    } else {
        post.state = post.due > acceptance.now ? PostState::waiting : PostState::ready;
        post.reason = std::move(composed.note);
    }
    return post;
}

} // namespace crier::engine

#include "engine/accept.hpp"

#include "core/delivery/thread.hpp"

#include <utility>

namespace crier::engine {

std::string server_host(std::string_view server) {
    const auto scheme = server.find("://");
    return std::string{scheme == std::string_view::npos ? server : server.substr(scheme + 3)};
}

Digest key_of(const AccountSettings& account, const Acceptance& acceptance) {
    Origin known = acceptance.origin;
    if (!acceptance.identity.empty())
        known.name = acceptance.identity;
    return post_key(server_host(account.server), account.name, known, acceptance.part, acceptance.revision);
}

Post accept(const AccountSettings& account, const Acceptance& acceptance, Composed composed) {
    Post post;
    post.key = key_of(account, acceptance);
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

std::vector<Post> accept_thread(const AccountSettings& account, Acceptance acceptance,
                                std::vector<Composed> parts) {
    std::vector<Post> posts;
    posts.reserve(parts.size());
    for (Composed& part : parts) {
        acceptance.part = static_cast<int>(posts.size());
        Post post = accept(account, acceptance, std::move(part));
        post.parts = static_cast<int>(parts.size());
        if (!posts.empty())
            post = delivery::behind(std::move(post), posts.back(), acceptance.now);
        posts.push_back(std::move(post));
    }
    return posts;
}

} // namespace crier::engine

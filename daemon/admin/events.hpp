#pragma once

#include "core/post.hpp"
#include "ports/clock.hpp"
#include "ports/http_server.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace crier::admin {

/// Something that is recorded is not what it was.
struct Change {
    enum class What {
        post,    ///< `post`, `name` its account, `state`
        account, ///< `name`
        source,  ///< `name`
        entry,   ///< `name`
        alert,   ///< something is wrong, or no longer is
        all,     ///< more than can be told one by one: look anew
    };
    What what = What::all;
    PostId post = 0;
    std::string name;
    std::string state; ///< of a post; empty: not what changed

    explicit Change(What kind, std::string called = {})
        : what(kind)
        , name(std::move(called)) {}
    explicit Change(const Post& of)
        : what(What::post)
        , post(of.id)
        , name(of.account)
        , state(to_text(of.state)) {}
};

/// Tells whoever listens what has changed, as server-sent events: `hello` first, then `change`, each with a
/// line of JSON; and a comment now and then, so that proxies keep the connection.
///
/// Each listener hears of a thing at most once a second, and then of its latest state. Of one that is slow no
/// more than a bounded number of things is kept; where there are more, it is told to look anew. While nobody
/// listens there is no timer, and nothing is done.
///
/// Thread: the engine's. Ownership: the clock outlives it; streams may outlive it, and end then.
class Events {
public:
    static constexpr std::size_t most_listeners = 8;

    Events(Clock& clock, std::string version);
    ~Events();
    Events(const Events&) = delete;
    Events& operator=(const Events&) = delete;

    /// Is there somebody to tell?
    [[nodiscard]] bool wanted() const noexcept;
    void tell(const Change& change);

    /// What is told from now on; null: there are too many who listen.
    [[nodiscard]] std::shared_ptr<LocalStream> listen();

private:
    class Listener;
    struct Listeners;
    std::shared_ptr<Listeners> listeners_;
};

} // namespace crier::admin

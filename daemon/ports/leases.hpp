#pragma once

#include "core/failure.hpp"
#include "core/time.hpp"
#include "ports/store.hpp"

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace crier {

/// What belongs together and is worked on by one daemon at a time: accounts, and the sources and entries that
/// post to them, each as Target writes it ("account:news"). It is leased whole or not at all.
struct Share {
    std::vector<std::string> things; ///< sorted; no two shares have one in common

    Share() = default;
};

/// All shares of a configuration; whoever asks and whoever answers hold them while they talk.
using Shares = std::shared_ptr<const std::vector<Share>>;

/// What one daemon wants of the leases that all of them share.
struct LeaseOrder {
    Shares shares;
    /// Things that this daemon has stopped working on: whoever wants them may have them, where they are its
    /// own at all. Before anything is claimed.
    std::vector<std::string> hand_back;
    /// Claims what is free as long as fewer are held than this daemon's part of the whole; false: it only
    /// renews, for it is about to end.
    bool claim = true;
    /// For `run --once`: it takes what is free and is not counted among those that divide the whole.
    bool guest = false;

    LeaseOrder() = default;
};

struct LeaseTerm {
    /// What is held is nobody else's until then, by the clock that counts suspend: taken from the moment in
    /// which the request for it was made, so that it errs to the near side.
    Mono until{};
    std::vector<std::size_t> held; ///< places in LeaseOrder::shares, rising
    /// Its part of the whole, rounded up: what it holds beyond that it should stop working on and hand back.
    std::size_t fair = 0;
    std::size_t daemons = 1;       ///< that are alive, this one among them; guests are not counted
    std::vector<std::string> died; ///< daemons that were not heard of for too long: what they held is free
    /// The leases had run out, and others may have taken what was held and written since: nothing is held,
    /// and all that is written under this life is refused. The next order begins a new one; before, whatever
    /// this daemon had in memory of what it held must be gone.
    bool over = false;
    /// After so long something may come free that nobody has told of: the lease of a daemon that died. The
    /// length of a lease where nothing is known.
    Duration look_again{};

    LeaseTerm() = default;
};

/// Which of several daemons on one store works on what (delivery rule 21). Each daemon renews its own life
/// with one row; a lease is a row that names the life, which is its epoch: lives only rise. Who takes over
/// from a life that has run out gives its rows a new one, and from then on what the old one writes is refused
/// (Cause::fenced). All times are the database's; a daemon's own clock only measures how long
/// ago it asked. Which things a batch is about is told by things_of().
///
/// Thread: the engine's; the work is done elsewhere, beside the store's, so that a slow write delays no
/// renewal. Errors: temporary (the database cannot be reached): what is held is so until LeaseTerm::until all
/// the same. Cancellation: none; an order that has begun is finished.
class Leases {
public:
    virtual ~Leases() = default;

    /// How long a lease lasts that is not renewed.
    [[nodiscard]] virtual Duration length() const noexcept = 0;

    /// Renews, hands back, claims. One at a time.
    [[nodiscard]] virtual boost::asio::awaitable<Result<LeaseTerm>> order(LeaseOrder order) = 0;

    /// The life is over by its own will: what is held is free at once.
    [[nodiscard]] virtual boost::asio::awaitable<Result<>> leave() = 0;

    /// Which daemon holds each of these things, by the name that it gave itself; those that nobody holds are
    /// left out.
    [[nodiscard]] virtual boost::asio::awaitable<Result<std::map<std::string, std::string>>>
    holders(std::vector<std::string> things) = 0;

    /// Another daemon has written posts of this account, or what is asked of them. A hint: it may be missed
    /// when the database was away, so whoever is told so looks, and whoever is told `reconnected` looks at
    /// all.
    std::function<void(const std::string& account)> on_written;
    std::function<void()> on_reconnected;
    /// There are wishes (Batch::wishes): likewise a hint.
    std::function<void()> on_wished;
    /// Something has come free: it is worth the while to order.
    std::function<void()> on_free;
};

/// Which daemon works on each of these accounts; empty: none, or the store does not say.
[[nodiscard]] boost::asio::awaitable<std::map<std::string, std::string>>
who_works_on(Leases& leases, std::vector<std::string> accounts);

/// The things whose rows a batch writes, or whose lane, look or firing it is: all but what people ask for and
/// what anybody may put right (posts by their versions). A store that is shared refuses it when another
/// daemon holds one of them. Sorted, each once.
[[nodiscard]] std::vector<std::string> things_of(const Batch& batch);

} // namespace crier

#include "engine/tenure.hpp"

#include "core/text/plain.hpp"
#include "engine/shares.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// So many renewals may fail before a lane has to wait.
constexpr int renewals_in_reserve = 3;
constexpr Duration shortest_pause = std::chrono::milliseconds{200};
/// While the database cannot be reached.
constexpr Duration try_again = std::chrono::seconds{1};

/// Of the requests that are made under a lease: what must fit into the rest of one.
Duration longest_request(const Settings& settings) {
    Duration longest{};
    for (const auto& [name, account] : settings.accounts)
        longest = std::max(longest, account.delivery.timeout);
    return longest;
}

} // namespace

Tenure::Tenure(Leases& leases, Clock& clock, Log& log, bool guest)
    : leases_(leases)
    , clock_(clock)
    , log_(log)
    , renewal_(clock.make_alarm())
    , change_(clock.make_alarm())
    , settled_(clock.make_alarm())
    , shares_(std::make_shared<const std::vector<Share>>())
    , guest_(guest) {
    leases_.on_free = [this] { renewal_->ring(); };
}

void Tenure::take_up(Configuration whole) {
    whole_ = std::move(whole);
    shares_ = std::make_shared<const std::vector<Share>>(shares_of(*whole_));
    giving_.clear();
    ++edition_;
    pause_ = std::max(shortest_pause, (leases_.length() - longest_request(*whole_)) / renewals_in_reserve);
}

asio::awaitable<Result<Configuration>> Tenure::begin(Configuration whole) {
    take_up(std::move(whole));
    LeaseOrder first = next_order();
    const Result<LeaseTerm> term = co_await leases_.order(std::move(first));
    if (!term)
        co_return term.error();
    heed(*term, {});
    giving_.clear(); // the engine has not begun: what is too much is known after the next order
    goes_by(leased_);
    co_return std::make_shared<const Settings>(part_of(*whole_, *shares_, working_));
}

LeaseOrder Tenure::next_order() const {
    LeaseOrder order;
    order.shares = shares_;
    order.hand_back = hand_back_;
    order.claim = !stopping_;
    order.guest = guest_;
    return order;
}

asio::awaitable<void> Tenure::renew() {
    while (!ended_) {
        if (next_whole_ && !moving_)
            take_up(std::exchange(next_whole_, nullptr));
        if (over_) { // a new life begins when the engine has let go of all that the old one held
            co_await renewal_->wait();
            continue;
        }
        LeaseOrder order = next_order();
        const std::vector<std::string> handed_back = order.hand_back;
        const Result<LeaseTerm> term = co_await leases_.order(std::move(order));
        if (ended_)
            co_return;
        if (term)
            heed(*term, handed_back);
        else
            note_trouble(term.error());
        if (!term)
            co_await renewal_->wait_for(try_again);
        else if (hand_back_.empty() && (!next_whole_ || moving_))
            co_await renewal_->wait_for(std::min(pause_, std::max(look_again_, shortest_pause)));
    }
}

void Tenure::note_trouble(const Failure& failure) {
    if (std::exchange(trouble_, failure.message) == failure.message)
        return;
    log_.error("leases.unreached",
               failure.message + ": the accounts of this daemon stay its own until " +
                   to_rfc3339(clock_.now() + (until_ - clock_.mono())) + "; nothing is sent later than that",
               {{"hint", failure.hint}});
}

void Tenure::heed(const LeaseTerm& term, const std::vector<std::string>& handed_back) {
    if (!std::exchange(trouble_, {}).empty())
        log_.info("leases.renewed", "the leases can be renewed again");
    leased_of_ = edition_;
    if (term.over) {
        log_.warning(
            "leases.lost",
            "the leases of this daemon ran out: others may have taken over what was its own; it stops "
            "that, and takes its part anew");
        over_ = true;
        until_ = Mono{};
        leased_.clear();
        giving_.clear();
        mine_.clear();
        hand_back_.clear();
        change_->ring();
        return;
    }
    for (const std::string& daemon : term.died)
        log_.warning("leases.died",
                     daemon + " has not been heard of for " + to_text(leases_.length()) +
                         ": what it worked on is taken over by those that are alive",
                     {{"daemon", daemon}});
    until_ = term.until;
    daemons_ = term.daemons;
    look_again_ = term.look_again;
    for (const std::string& thing : handed_back)
        mine_.erase(thing);
    std::erase_if(hand_back_, [&](const std::string& thing) { return mine_.count(thing) == 0; });
    leased_ = term.held;
    for (const std::size_t place : leased_)
        mine_.insert((*shares_)[place].things.begin(), (*shares_)[place].things.end());
    std::erase_if(giving_, [this](std::size_t place) {
        return !std::binary_search(leased_.begin(), leased_.end(), place);
    });
    const std::size_t kept = leased_.size() - giving_.size();
    if (!stopping_ && giving_.empty() && kept > term.fair)
        giving_.insert(leased_.end() - static_cast<std::ptrdiff_t>(kept - term.fair), leased_.end());
    change_->ring();
}

/// What the engine should go by.
std::vector<std::size_t> Tenure::wanted() const {
    std::vector<std::size_t> places;
    std::copy_if(leased_.begin(), leased_.end(), std::back_inserter(places),
                 [this](std::size_t place) { return giving_.count(place) == 0; });
    return places;
}

void Tenure::goes_by(const std::vector<std::size_t>& places) {
    working_ = places;
    working_of_ = leased_of_;
}

asio::awaitable<void> Tenure::move() {
    while (!stopping_) {
        const std::vector<std::size_t> places = wanted();
        const bool known = leased_of_ == edition_; // else the order for a changed configuration is on its way
        if (!known || (places == working_ && working_of_ == edition_ && !over_)) {
            co_await change_->wait();
            continue;
        }
        moving_ = true;
        const bool lets_go = over_;
        const std::vector<std::size_t> before = std::exchange(working_, {});
        auto part = std::make_shared<const Settings>(part_of(*whole_, *shares_, places));
        if (!co_await go_by(std::move(part), whole_))
            break;
        moving_ = false;
        if (lets_go)
            over_ = false;
        if (working_of_ == edition_ && !lets_go)
            tell(before, places);
        goes_by(places);
        // What is leased and neither worked on nor about to be.
        std::set<std::string> keep;
        for (const std::size_t place : wanted())
            keep.insert((*shares_)[place].things.begin(), (*shares_)[place].things.end());
        hand_back_.clear();
        std::set_difference(mine_.begin(), mine_.end(), keep.begin(), keep.end(),
                            std::back_inserter(hand_back_));
        settled_->ring();
        renewal_->ring();
    }
    settled_->ring();
}

void Tenure::tell(const std::vector<std::size_t>& before, const std::vector<std::size_t>& now) const {
    std::vector<std::size_t> gained;
    std::vector<std::size_t> lost;
    std::set_difference(now.begin(), now.end(), before.begin(), before.end(), std::back_inserter(gained));
    std::set_difference(before.begin(), before.end(), now.begin(), now.end(), std::back_inserter(lost));
    log_.info("leases.moved",
              "this daemon works on " + std::to_string(now.size()) + " of " +
                  text::counted(shares_->size(), "share", "shares") + " by now: " +
                  std::to_string(gained.size()) + " taken over, " + std::to_string(lost.size()) +
                  " handed back; " + text::counted(daemons_, "daemon is", "daemons are") + " alive",
              {{"held", std::to_string(now.size())},
               {"gained", std::to_string(gained.size())},
               {"lost", std::to_string(lost.size())},
               {"daemons", std::to_string(daemons_)}});
}

asio::awaitable<bool> Tenure::follow(Configuration whole) {
    next_whole_ = whole;
    renewal_->ring();
    while (!stopping_ && (whole_ != whole || working_of_ != edition_ || moving_))
        co_await settled_->wait();
    co_return !stopping_;
}

void Tenure::stop() {
    stopping_ = true;
    change_->ring();
    settled_->ring();
}

asio::awaitable<void> Tenure::end() {
    stop();
    ended_ = true;
    renewal_->ring();
    if (const Result<> left = co_await leases_.leave(); !left)
        log_.warning("leases.not_left",
                     left.error().message + ": what this daemon held is free when its leases run out",
                     {{"hint", left.error().hint}});
}

bool Tenure::ours_for(Duration length) const {
    return !over_ && clock_.mono() + length < until_;
}

} // namespace crier::engine

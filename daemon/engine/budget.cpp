#include "engine/budget.hpp"

#include "core/rates/needs.hpp"
#include "core/rates/table.hpp"
#include "core/rates/text.hpp"
#include "engine/profile_text.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

using rates::Call;
using rates::Needs;
using rates::Outcome;
using rates::Turn;

namespace {

/// A schedule that leaves no room between its posts must not silence the rest for ever.
constexpr Duration room_comes_within = std::chrono::hours{3};

Outcome outcome_of(Call call, const Reply& reply) {
    switch (reply.verdict) {
    case Verdict::published:
    case Verdict::removed:
    case Verdict::pinned:
    case Verdict::alive:
    case Verdict::media_ready:
    case Verdict::media_pending:
        return Outcome::done;
    case Verdict::not_sent:
        return Outcome::unsent;
    case Verdict::unknown:
        return Outcome::doubt;
    case Verdict::busy:
        return call == Call::publish ? Outcome::doubt : Outcome::nothing;
    default:
        return Outcome::nothing;
    }
}

} // namespace

Budget::Budget(const AccountSettings& settings, Clock& clock, Outlook& outlook)
    : settings_(&settings)
    , clock_(clock)
    , outlook_(outlook) {}

Budget::Now Budget::now() const {
    Now now;
    now.ours = clock_.now();
    now.server = server_->clock.now(now.ours, clock_.mono());
    return now;
}

rates::Reserve Budget::reserve(const std::vector<Budget*>& members, const Now& now) const {
    return [this, &members, now](Instant until) {
        Needs needs;
        for (const Budget* member : members) {
            if (member->silent_)
                continue;
            const Expectation due = outlook_.until(member->settings_->name, now.to_ours(until));
            needs.add(Call::publish, due.posts).add(Call::upload, due.media);
        }
        return needs;
    };
}

Turn Budget::turn(const Needs& needs, bool scheduled) const {
    const Now at = now();
    const auto room = [&](const std::vector<Budget*>& members) {
        return scheduled ? rates::Reserve{} : reserve(members, at);
    };
    Turn turn = own_->ledger.earliest(needs, room(own_->members), at.server);
    const Turn by_address = server_->ledger.earliest(needs, room(server_->members), at.server);
    turn.add(by_address.when, by_address.why);
    turn.when = at.to_ours(turn.when);
    return turn;
}

Turn Budget::turn(const Post& post, const Needs& needs, bool repeat) const {
    const bool scheduled = post.priority <= Priority::scheduled;
    Turn all = turn(needs, scheduled || repeat);
    if (repeat)
        return all;
    const Instant ours = clock_.now();
    const Turn own = pace_.earliest(settings_->limits, scheduled, ours);
    all.add(own.when, own.why, true);
    const Duration gap = settings_->limits.min_gap;
    if (!scheduled && gap > Duration::zero()) {
        // Without room for so long, the next of the schedule waits for its gap after this one instead.
        const Instant from = std::max(ours, all.when);
        if (const auto room = outlook_.room(settings_->name, from, gap, from + room_comes_within))
            all.add(*room, "`min_gap` before and after what is due from the schedule", true);
    }
    return all;
}

Turn Budget::turn_of_receipt() const {
    const Now at = now();
    Turn turn = server_->ledger.earliest(Needs{}.add(Call::look_up), reserve(server_->members, at), at.server,
                                         rates::Share::half);
    turn.when = at.to_ours(turn.when);
    return turn;
}

Turn Budget::turn_of_amendment(Call call) const {
    // A deletion takes nothing that a post would have; what else can wait leaves half to posts.
    return turn_that_waits(call, call == Call::remove ? rates::Share::all : rates::Share::half);
}

Turn Budget::turn_that_waits(Call call, rates::Share share) const {
    const Now at = now();
    const Needs needs = Needs{}.add(call);
    Turn turn = own_->ledger.earliest(needs, reserve(own_->members, at), at.server, share);
    const Turn shared = server_->ledger.earliest(needs, reserve(server_->members, at), at.server, share);
    turn.add(shared.when, shared.why);
    turn.when = at.to_ours(turn.when);
    return turn;
}

Instant Budget::when_done(Call call, int count) const {
    const Now at = now();
    return at.to_ours(std::max(own_->ledger.when_done(call, count, at.server),
                               server_->ledger.when_done(call, count, at.server)));
}

Needs Budget::needs_of(const Post& post) const {
    const Now at = now();
    Needs needs = rates::needs_of(post, at.ours);
    if (post.in_doubt && post.last_attempt)
        needs.counted = at.to_server(*post.last_attempt);
    return needs;
}

void Budget::debit(Call call, int count) {
    const Instant at = now().server;
    const Needs needs = Needs{}.add(call, count);
    own_->ledger.debit(needs, at);
    server_->ledger.debit(needs, at);
}

void Budget::debit_publish(const Post& post, const Needs& needs, bool repeat) {
    const Instant at = now().server;
    Needs one = Needs{}.add(Call::publish);
    one.counted = needs.counted;
    own_->ledger.debit(one, at);
    server_->ledger.debit(one, at);
    if (!repeat)
        pace_.leave(settings_->limits, post.priority <= Priority::scheduled, clock_.now());
    if (post.priority <= Priority::scheduled)
        outlook_.gone(post.account, post.id);
}

void Budget::give_back(Call call, int count) {
    if (count <= 0)
        return;
    settle(Needs{}.add(call, count), call, Outcome::unsent, Reply{});
    tell_of_room();
}

void Budget::tell_of_room() const {
    for (Budget* member : server_->members)
        if (std::exchange(member->waits_for_room_, false) && member->on_room)
            member->on_room();
}

void Budget::give_back_publish(const Needs& needs, bool repeat) {
    Reply reply;
    reply.verdict = Verdict::not_sent;
    (void)settle_publish(needs, repeat, reply);
}

rates::Heard Budget::settle(Call call, const Reply& reply) {
    return settle(Needs{}.add(call), call, outcome_of(call, reply), reply);
}

rates::Heard Budget::settle_publish(const Needs& needs, bool repeat, const Reply& reply) {
    const Outcome outcome = outcome_of(Call::publish, reply);
    if (!repeat) {
        if (outcome == Outcome::nothing || outcome == Outcome::unsent)
            pace_.take_back();
        else
            pace_.left(clock_.now());
    }
    Needs one = Needs{}.add(Call::publish);
    one.counted = needs.counted;
    return settle(one, Call::publish, outcome, reply);
}

rates::Heard Budget::settle(const Needs& call, Call kind, Outcome outcome, const Reply& reply) {
    if (reply.server_date)
        server_->clock.learn(*reply.server_date, clock_.now(), clock_.mono());
    const Now at = now();
    own_->ledger.settle(call, outcome, at.server, settings_->delivery.quiet);
    server_->ledger.settle(call, outcome, at.server, settings_->delivery.quiet);
    RateNews news = reply.rate;
    if (news.reset)
        news.reset = at.to_server(*news.reset);
    return rates::hear(own_->ledger, server_->ledger, kind, news, reply.verdict == Verdict::limited,
                       at.server);
}

std::optional<Instant> Budget::server_time() const {
    if (!server_->clock.told())
        return std::nullopt;
    return now().server;
}

std::vector<std::string> Budget::same_token() const {
    std::vector<std::string> names;
    for (const Budget* member : own_->members)
        names.push_back(member->settings_->name);
    return names;
}

std::string Budget::text() const {
    rates::Saved saved;
    saved.server_ahead = server_->clock.ahead(clock_.now(), clock_.mono());
    if (std::chrono::abs(saved.server_ahead) < std::chrono::seconds{1})
        saved.server_ahead = Duration{};
    saved.add(own_->ledger);
    saved.add(server_->ledger);
    saved.leaves = pace_.leaves();
    return rates::to_text(saved);
}

std::vector<rates::BucketView> Budget::views() const {
    const Now at = now();
    std::vector<rates::BucketView> views = own_->ledger.views(at.server);
    std::vector<rates::BucketView> shared = server_->ledger.views(at.server);
    views.insert(views.end(), shared.begin(), shared.end());
    for (rates::BucketView& view : views)
        if (view.reset)
            view.reset = at.to_ours(*view.reset);
    const std::vector<rates::BucketView> own = pace_.views(settings_->limits, at.ours);
    views.insert(views.end(), own.begin(), own.end());
    return views;
}

Budget& Budgets::open(const AccountSettings& settings, const AccountState& state) {
    auto budget = std::make_unique<Budget>(settings, clock_, outlook_);
    Budget& opened = *budget;
    budgets_[settings.name] = std::move(budget);
    std::shared_ptr<ServerBook>& server = servers_[settings.server];
    if (!server)
        server = std::make_shared<ServerBook>();
    server->members.push_back(&opened);
    opened.server_ = server;
    opened.own_ = std::make_shared<TokenBook>();
    opened.own_->members.push_back(&opened);
    const bool same_server = state.server.empty() || state.server == settings.server;
    // A server that has not said what it is is taken for a Mastodon: that asks the least of it.
    std::string software = server->software.empty() ? ServerProfile{}.software : server->software;
    if (const auto profile = profile_from_text(state.profile); profile && same_server)
        server->software = software = profile->software;
    use(opened, software);
    const auto saved = rates::parse_saved(state.rate);
    if (!saved) {
        log_.warning("account.budget_unread",
                     settings.name + ": what was kept of the server's limits does not read; the count starts "
                                     "anew, and the server's replies correct it",
                     {{"account", settings.name}});
        return opened;
    }
    // The account's own limits hold wherever it lives; a server's count is of that server.
    opened.pace_.set(saved->leaves);
    if (!same_server)
        return opened;
    saved->put_into(opened.own_->ledger);
    saved->put_into(server->ledger);
    if (saved->server_ahead != Duration::zero())
        server->clock.set_ahead(saved->server_ahead);
    return opened;
}

void Budgets::use(Budget& budget, const std::string& software) {
    if (budget.software_ == software)
        return;
    budget.software_ = software;
    budget.server_->software = software;
    budget.own_->ledger.use(rates::table_of(software));
    budget.server_->ledger.use(rates::table_of(software));
}

void Budgets::use_token(Budget& budget, const Digest& token) {
    if (token == budget.token_ || token == Digest{})
        return;
    budget.token_ = token;
    std::weak_ptr<TokenBook>& known = tokens_[{budget.settings_->server, token}];
    std::shared_ptr<TokenBook> book = known.lock();
    if (book == budget.own_)
        return;
    std::vector<Budget*>& before = budget.own_->members;
    before.erase(std::remove(before.begin(), before.end(), &budget), before.end());
    if (book) {
        book->ledger.merge(budget.own_->ledger);
    } else {
        // A new token is the same user's as a rule: what was counted stays.
        book = std::make_shared<TokenBook>();
        book->ledger = budget.own_->ledger;
        known = book;
    }
    book->members.push_back(&budget);
    budget.own_ = std::move(book);
}

void Budgets::close(const std::string& account) {
    const auto found = budgets_.find(account);
    if (found == budgets_.end())
        return;
    Budget* const budget = found->second.get();
    std::erase(budget->own_->members, budget);
    std::erase(budget->server_->members, budget);
    budget->tell_of_room();
    budgets_.erase(found);
}

} // namespace crier::engine

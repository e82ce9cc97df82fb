#include "core/delivery/answer.hpp"
#include "core/text/plain.hpp"
#include "engine/lane.hpp"

#include <utility>

/// The account's token: whether it is there, another one, alive, and what it may do.
namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// What a token is told by, and kept as; all zero: there is none.
Digest mark_of(const Result<Secret>& token) {
    return token ? digest_of(token->reveal()) : Digest{};
}

} // namespace

/// Which token would ask now: what an attachment's answer proves depends on it.
void Lane::note_token() {
    token_ = mark_of(ports_.token->read());
}

/// Accounts with one token count its calls together from their first one on.
void Lane::share_token() {
    budgets_.use_token(budget_, mark_of(ports_.token->read()));
}

/// Whether there is a token to send with, which it remembers. Without one the lane is held, and nothing that
/// was not sent counts as an attempt; so it is with one that says of itself that no bot may have it.
bool Lane::token_at_hand() {
    const Result<Secret> token = ports_.token->read();
    token_ = mark_of(token);
    budgets_.use_token(budget_, token_);
    if (!token) {
        hold(token.error().message, token.error().hint, world_.clock.now() + settings_->delivery.probe);
        return false;
    }
    if (token_ == checked_token_ || settings_->mode == Mode::dry)
        return true;
    forget_token();
    checked_token_ = token_;
    if (const Scopes own = ports_.token->scopes(); !own.empty())
        judge_token(own);
    return state_.state != "held";
}

bool Lane::token_changed() {
    const Result<Secret> token = ports_.token->read();
    const Digest before = std::exchange(token_, mark_of(token));
    return token.has_value() && token_ != before;
}

/// Held for a reason that a good token mends, and not by a pause.
bool Lane::held_by_token() const {
    return state_.state == "held" && !state_.paused && state_.not_before != Instant::max();
}

bool Lane::has_refused(const Scopes& scopes) const {
    return !settings_->allow_surplus_scopes && !judge_scopes(scopes, needed_).admin.empty();
}

/// A held lane goes on when the token source holds another token, or when a rare look says that it works
/// again.
asio::awaitable<bool> Lane::try_held_token() {
    if (token_changed()) {
        forget_token();
        recover("there is a new token");
        co_return true;
    }
    if (world_.clock.now() < state_.not_before)
        co_return false;
    if (const rates::Turn turn = budget_.turn(rates::Needs{}.add(rates::Call::probe), true);
        turn.when > world_.clock.now()) {
        state_.not_before = turn.when;
        co_return false;
    }
    budget_.debit(rates::Call::probe);
    const Reply reply = co_await ports_.publisher->probe();
    (void)budget_.settle(rates::Call::probe, reply);
    keep_budget();
    clock_watch_.heard(settings_->server, reply.server_date);
    if (!held_by_token())
        co_return false; // a person was quicker
    const Scopes own = ports_.token->scopes();
    if (reply.verdict == Verdict::alive && !has_refused(own.empty() ? reply.scopes : own)) {
        recover("the token is accepted again");
        co_return true;
    }
    state_.not_before = world_.clock.now() + settings_->delivery.probe;
    co_return false;
}

Digest Lane::token_mark() const {
    return mark_of(ports_.token->read());
}

asio::awaitable<std::optional<Reply>> Lane::check_token(std::optional<Reply> known) {
    // The lane's own publisher may be in the middle of a post.
    const Configuration held = settings_.held(); // run() may take up another meanwhile
    const AccountPorts ports = world_.account(*settings_);
    token_check_.reset();
    const Result<Secret> token = ports.token->read();
    if (!token)
        co_return known; // it is missed when something is to be sent, and looked for then
    TokenNews news;
    news.token = checked_token_ = mark_of(token);
    news.own = ports.token->scopes();
    if (known) {
        news.reply = *known;
        news.reply.server_date.reset(); // it was right when it came
        token_news_ = std::make_unique<TokenNews>(std::move(news));
        alarm_->ring();
        co_return known;
    }
    if (const rates::Turn turn = budget_.turn_of_check(); turn.when > world_.clock.now()) {
        token_check_ = turn.when;
        co_return Reply{}; // it was not asked
    }
    if (!news.own.empty()) { // known without asking: that it works is another question
        token_news_ = std::make_unique<TokenNews>(news);
        alarm_->ring();
    }
    if (profile_known_) // what an answer means depends on the server
        ports.publisher->know(profile_);
    budget_.debit(rates::Call::probe);
    news.reply = co_await ports.publisher->probe();
    clock_watch_.heard(settings_->server, news.reply.server_date);
    (void)budget_.settle(rates::Call::probe, news.reply);
    const bool answered = news.reply.verdict == Verdict::alive || news.reply.verdict == Verdict::unauthorized;
    if (!answered && !token_check_)
        token_check_ = world_.clock.now() + settings_->delivery.probe;
    std::optional<Reply> answer;
    if (answered)
        answer = news.reply;
    token_news_ = std::make_unique<TokenNews>(std::move(news));
    alarm_->ring();
    co_return answer;
}

/// What was answered meanwhile. Only scopes that no bot may have hold the account: servers err in what they
/// say, and of all else the next post tells, without harm.
void Lane::heed_token() {
    const std::unique_ptr<TokenNews> told = std::move(token_news_);
    const TokenNews& news = *told;
    if (news.token != checked_token_)
        return; // there is another one
    if (news.reply.verdict == Verdict::unauthorized) {
        token_dead_ = true;
        token_lacks("the server does not accept the token (" + delivery::said_by(news.reply) + ")",
                    news.reply.hint);
        return;
    }
    if (news.reply.verdict == Verdict::alive)
        token_works();
    const Scopes& scopes = news.own.empty() ? news.reply.scopes : news.own;
    if (!scopes.empty())
        judge_token(scopes);
}

void Lane::judge_token(const Scopes& scopes) {
    const ScopeVerdict verdict = judge_scopes(scopes, needed_);
    const std::string mend = "`crier login " + settings_->server + "` makes one for " +
                             text::enumerate(needed_) + "; `crier token check` shows what it is about";
    if (has_refused(scopes)) {
        if (state_.state == "held" && !held_by_token())
            return; // for something that weighs more
        token_ = checked_token_;
        hold("its token may administer the server (" + text::enumerate(verdict.admin) + ")",
             mend + "; or, if you must, `allow_surplus_scopes: true`",
             world_.clock.now() + settings_->delivery.probe);
        return;
    }
    if (!verdict.missing.empty())
        token_lacks("the token lacks " + text::enumerate(verdict.missing), mend);
    Scopes surplus = verdict.admin;
    surplus.insert(surplus.end(), verdict.surplus.begin(), verdict.surplus.end());
    if (surplus.empty() || settings_->allow_surplus_scopes)
        return;
    std::string note = "the token may do more than crier needs: " + text::enumerate(surplus);
    if (std::exchange(token_note_, note) == note)
        return;
    world_.log.warning("account.surplus_scopes", settings_->name + ": " + note,
                       {{"account", settings_->name}, {"hint", mend}});
}

/// People are told, and the account goes on.
void Lane::token_lacks(std::string what, std::string action) {
    if (token_trouble_ == what)
        return;
    world_.log.warning("account.token_lacking", settings_->name + ": " + what,
                       {{"account", settings_->name}, {"hint", action}});
    token_trouble_ = std::move(what);
    if (state_.state != "held")
        alerts_.raise(AlertKind::token, "account:" + settings_->name, settings_->name + ": " + token_trouble_,
                      std::move(action));
}

/// The server has just taken it.
void Lane::token_works() {
    if (std::exchange(token_dead_, false))
        token_trouble_.clear();
    if (token_trouble_.empty() && state_.state != "held")
        alerts_.clear(AlertKind::token, "account:" + settings_->name);
}

/// It is asked about anew.
void Lane::forget_token() {
    checked_token_ = Digest{};
    token_trouble_.clear();
    token_dead_ = false;
    token_note_.clear();
    if (settings_->mode == Mode::dry)
        return;
    token_check_ = Instant{};
    if (on_token)
        on_token();
}

} // namespace crier::engine

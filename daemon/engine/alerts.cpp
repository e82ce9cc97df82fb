#include "engine/alerts.hpp"

#include "core/text/plain.hpp"
#include "engine/alert_text.hpp"
#include "engine/silence.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// What is held within such a time makes one alert.
constexpr Duration gather = std::chrono::seconds{10};

/// A post that was given up is told of for so long, and looked for again so often meanwhile.
constexpr Duration failed_is_news = std::chrono::hours{24};
constexpr Duration look_at_failed_again = std::chrono::hours{1};
constexpr std::size_t most_failed = 100;

/// An alert that could not be delivered is tried again after this, doubled up to that.
constexpr Duration first_retry = std::chrono::seconds{30};
constexpr Duration longest_retry = std::chrono::hours{1};

/// Silence is looked for at least so often.
constexpr Duration most_between_looks = std::chrono::hours{1};

/// When the store did not take what was told.
constexpr Duration record_again = std::chrono::minutes{1};

/// How long a channel that has failed so often rests: no jitter, for nobody else sends there.
Duration rest_after(int failures) {
    Duration rest = first_retry;
    for (int i = 1; i < failures && rest < longest_retry; ++i)
        rest *= 2;
    return std::min(rest, longest_retry);
}

} // namespace

Alerts::Alerts(Configuration settings, World& world)
    : settings_(settings, *settings)
    , world_(world)
    , alarm_(world.clock.make_alarm()) {
    open_channels(world.alerters);
}

void Alerts::open_channels(const std::vector<Alerter*>& ports) {
    channels_.clear();
    for (Alerter* port : ports) {
        Channel channel;
        channel.port = port;
        channels_.push_back(channel);
    }
    configured_ = !channels_.empty() || !settings_->alerts.heartbeat.empty();
}

void Alerts::follow(const Configuration& settings) {
    settings_.follow(settings, *settings);
    alarm_->ring();
}

/// Nothing is being told. What came back or has another name may be as wrong as before, posts were held or
/// let go, and people may be told otherwise.
void Alerts::take_up_settings() {
    const AlertSettings before = settings_->alerts;
    if (!settings_.take_up())
        return;
    if (!(settings_->alerts == before))
        tell_otherwise();
    if (!configured_)
        return;
    for (const auto& [name, account] : settings_->accounts)
        review_held(name);
    if (on_taken_up)
        on_taken_up();
}

/// What the ways of before owed is owed to those of now.
void Alerts::tell_otherwise() {
    if (world_.alerters_for)
        open_channels(world_.alerters_for(settings_->alerts));
    for (auto row = rows_.begin(); row != rows_.end();) {
        row->second.owed.clear();
        row->second.word = AlertWord::nothing;
        if (configured_ && settings_->alerts.on.test(static_cast<std::size_t>(row->first.first))) {
            ++row;
            continue;
        }
        ended_.push_back(row->second.state); // no longer asked for
        row = rows_.erase(row);
    }
    silence_look_ = world_.clock.now();
}

void Alerts::begin(const std::vector<AlertState>& known) {
    if (!configured_)
        return;
    for (const AlertState& state : known)
        if (is_thing_elsewhere(*settings_, state.subject))
            continue;
        else if (tells(state.kind))
            rows_[{state.kind, state.subject}].state = state;
        else
            ended_.push_back(state); // no longer asked for
    silence_look_ = world_.clock.now();
    for (const auto& [name, account] : settings_->accounts)
        review_held(name);
}

bool Alerts::tells(AlertKind kind) const {
    return !channels_.empty() && settings_->alerts.on.test(static_cast<std::size_t>(kind));
}

void Alerts::raise(AlertKind kind, const std::string& subject, std::string text, std::string action) {
    if (!configured_)
        return;
    const auto [row, fresh] = rows_.try_emplace(Key{kind, subject});
    AlertState& state = row->second.state;
    const bool again = !std::exchange(row->second.lasts, true);
    if (!fresh && !state.over && state.text == text) {
        if (again)
            alarm_->ring(); // from now on it is repeated
        return;
    }
    if (fresh || state.over)
        ++world_.tally.alerts_raised[kind];
    if (fresh) {
        state.kind = kind;
        state.subject = subject;
        state.since = world_.clock.now();
    }
    if (state.over) { // nobody has been told that it was over
        state.over = false;
        row->second.owed.clear();
        row->second.word = AlertWord::nothing;
    }
    state.text = std::move(text);
    state.action = std::move(action);
    row->second.unsaved = true;
    alarm_->ring();
}

void Alerts::clear(AlertKind kind, const std::string& subject) {
    if (rows_.empty())
        return; // nearly always, and what has ended is said after each post and each look
    const auto row = rows_.find({kind, subject});
    if (row == rows_.end() || row->second.state.over)
        return;
    Row& found = row->second;
    // Where one way of telling has it and another has not, both hear of the end.
    if (found.heard && found.state.told == Instant{})
        found.state.told = world_.clock.now();
    found.state.over = true;
    found.owed.clear();
    found.word = AlertWord::nothing;
    found.unsaved = true;
    alarm_->ring();
}

void Alerts::forget(const std::string& subject) {
    std::vector<AlertKind> kinds;
    for (const auto& [key, row] : rows_)
        if (key.second == subject)
            kinds.push_back(key.first);
    for (const AlertKind kind : kinds)
        clear(kind, subject);
    reviews_.erase(subject.substr(subject.find(':') + 1));
}

void Alerts::leave(const std::string& subject) {
    std::erase_if(rows_, [&](const auto& row) { return row.first.second == subject; });
    reviews_.erase(subject.substr(subject.find(':') + 1));
}

void Alerts::take_over(const std::vector<AlertState>& known, const std::string& subject) {
    for (const AlertState& state : known)
        if (state.subject == subject && tells(state.kind))
            rows_.try_emplace({state.kind, subject}).first->second.state = state;
}

void Alerts::review_held(const std::string& account) {
    if (!configured_ || !(tells(AlertKind::held) || tells(AlertKind::failed)))
        return;
    const Instant soon = world_.clock.now() + gather;
    const auto planned = reviews_.try_emplace(account, soon).first;
    planned->second = std::min(planned->second, soon);
    alarm_->ring();
}

void Alerts::stop() {
    stopping_ = true;
    alarm_->ring();
}

bool Alerts::well() const {
    return std::none_of(rows_.begin(), rows_.end(), [](const auto& row) {
        const AlertKind kind = row.first.first;
        return !row.second.state.over && row.second.lasts &&
               (kind == AlertKind::token || kind == AlertKind::silent || kind == AlertKind::store);
    });
}

std::map<AlertKind, std::size_t> Alerts::on() const {
    std::map<AlertKind, std::size_t> counted;
    for (const auto& [key, row] : rows_)
        if (!row.state.over && row.lasts)
            ++counted[key.first];
    return counted;
}

asio::awaitable<void> Alerts::run() {
    while (!stopping_) {
        take_up_settings();
        if (!configured_ && ended_.empty()) {
            co_await alarm_->wait();
            continue;
        }
        heed_step_back();
        co_await review();
        co_await look_for_silence();
        // What is to be told is durable first: a kill in the middle of telling forgets nothing.
        co_await record();
        co_await deliver_due();
        co_await record();
        if (stopping_)
            break;
        if (const auto wake = next_wake())
            co_await alarm_->wait_until(*wake);
        else
            co_await alarm_->wait();
    }
}

/// What was reckoned on a clock that stood in the future would never come.
void Alerts::heed_step_back() {
    const Instant now = world_.clock.now();
    for (auto& [key, row] : rows_)
        row.state.told = std::min(row.state.told, now);
    for (Channel& channel : channels_)
        channel.not_before = std::min(channel.not_before, now + longest_retry);
    for (auto& [account, when] : reviews_)
        when = std::min(when, now + look_at_failed_again);
    silence_look_ = std::min(silence_look_, now + most_between_looks);
}

asio::awaitable<void> Alerts::tell_now() {
    for (auto& [account, when] : reviews_)
        when = world_.clock.now();
    co_await review();
    co_await deliver_due();
    co_await record();
}

/// When there is something to do; nothing: not before somebody rings.
std::optional<Instant> Alerts::next_wake() const {
    Instant wake = Instant::max();
    for (const auto& [key, row] : rows_) {
        if (!tells(key.first) || (!row.lasts && !row.state.over && row.owed.empty()))
            continue;
        if (row.owed.empty())
            wake = std::min(wake, next_word(row.state, settings_->alerts.repeat).when);
        for (const std::size_t channel : row.owed)
            wake = std::min(wake, channels_[channel].not_before);
    }
    for (const auto& [account, when] : reviews_)
        wake = std::min(wake, when);
    if (settings_->alerts.on.test(static_cast<std::size_t>(AlertKind::silent)))
        wake = std::min(wake, silence_look_);
    if (unrecorded_)
        wake = std::min(wake, world_.clock.now() + record_again);
    return wake == Instant::max() ? std::nullopt : std::optional{wake};
}

void Alerts::end(const Key& key) {
    const auto row = rows_.find(key);
    if (tells(key.first)) // the store knows of no other
        ended_.push_back(row->second.state);
    rows_.erase(row);
}

asio::awaitable<void> Alerts::deliver_due() {
    std::vector<Key> keys;
    keys.reserve(rows_.size());
    for (const auto& [key, row] : rows_)
        keys.push_back(key);
    for (const Key& key : keys) {
        settle(key, world_.clock.now());
        for (std::size_t channel = 0; channel < channels_.size() && !stopping_; ++channel)
            co_await deliver(key, channel);
    }
}

/// Moves on what can be moved on without telling anybody.
void Alerts::settle(const Key& key, Instant now) {
    const auto found = rows_.find(key);
    if (found == rows_.end() || !found->second.owed.empty())
        return;
    Row& row = found->second;
    const AlertNext next = next_word(row.state, settings_->alerts.repeat);
    if (row.state.over && (next.word == AlertWord::nothing || !tells(key.first))) {
        if (tells(key.first))
            world_.log.info("alert.moot",
                            std::string{to_text(key.first)} + ", " + key.second +
                                ": over before anybody could be told: " + row.state.text,
                            {{"kind", std::string{to_text(key.first)}}, {"subject", key.second}});
        end(key);
        return;
    }
    if (!tells(key.first) || next.when > now || (!row.lasts && !row.state.over))
        return;
    row.word = next.word;
    row.heard = false;
    for (std::size_t i = 0; i < channels_.size(); ++i)
        row.owed.push_back(i);
}

/// Where an alert is raised or over anew while it is being told, what comes back of this counts for nothing.
asio::awaitable<void> Alerts::deliver(Key key, std::size_t index) {
    const auto owes = [&] {
        const auto row = rows_.find(key);
        return row != rows_.end() &&
               std::find(row->second.owed.begin(), row->second.owed.end(), index) != row->second.owed.end();
    };
    if (!owes() || channels_[index].not_before > world_.clock.now())
        co_return;
    const AlertWord word = rows_.find(key)->second.word;
    Alert alert = alert_of(rows_.find(key)->second.state, word);
    const Result<> delivered = co_await channels_[index].port->deliver(std::move(alert));
    const Instant now = world_.clock.now();
    Channel& channel = channels_[index];
    if (!delivered && stopping_)
        co_return;
    ++(delivered ? world_.tally.alerts_delivered : world_.tally.alerts_undelivered);
    if (!delivered) {
        channel.not_before = now + rest_after(++channel.failures);
        world_.log.error("alert.undelivered",
                         channel.port->name() + ": " + delivered.error().message +
                             (delivered.error().hint.empty() ? "" : ". " + delivered.error().hint),
                         {{"kind", std::string{to_text(key.first)}},
                          {"subject", key.second},
                          {"again", to_rfc3339(channel.not_before)}});
        co_return;
    }
    channel.failures = 0;
    channel.not_before = Instant{};
    const auto found = rows_.find(key);
    if (found == rows_.end())
        co_return;
    Row& row = found->second;
    if (row.word != word) { // it has ended meanwhile, or begun again after what was said here
        if (row.state.over)
            row.state.told = now;
        else if (word == AlertWord::over)
            row.state.told = Instant{};
        co_return;
    }
    std::erase(row.owed, index);
    row.heard = true;
    if (!row.owed.empty())
        co_return;
    world_.log.info("alert.told",
                    std::string{to_text(key.first)} + ", " + key.second + " (" + std::string{to_text(word)} +
                        "): " + row.state.text,
                    {{"kind", std::string{to_text(key.first)}},
                     {"subject", key.second},
                     {"state", std::string{to_text(word)}}});
    row.state.told = now;
    row.unsaved = true;
    row.word = AlertWord::nothing;
    if (word == AlertWord::over)
        end(key);
}

asio::awaitable<void> Alerts::record() {
    Batch batch;
    batch.now = world_.clock.now();
    batch.alerts_ended = std::move(ended_);
    ended_.clear();
    for (auto& [key, row] : rows_) {
        if (!row.unsaved || !tells(key.first))
            continue;
        row.unsaved = false;
        batch.alerts.push_back(row.state);
    }
    if (batch.empty())
        co_return;
    const std::vector<AlertState> rows = batch.alerts;
    const std::vector<AlertState> ended = batch.alerts_ended;
    const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
    unrecorded_ = !applied;
    if (applied)
        co_return;
    // The alert goes out all the same; where the store stands is told by itself.
    for (const AlertState& state : rows)
        if (const auto row = rows_.find({state.kind, state.subject}); row != rows_.end())
            row->second.unsaved = true;
    ended_.insert(ended_.end(), ended.begin(), ended.end());
    raise(AlertKind::store, "store", applied.error().message, applied.error().hint);
}

asio::awaitable<void> Alerts::review() {
    std::vector<std::string> accounts;
    for (const auto& [account, when] : reviews_)
        if (when <= world_.clock.now())
            accounts.push_back(account);
    for (const std::string& account : accounts) {
        reviews_.erase(account);
        const bool held = co_await look_at_held(account);
        const bool failed = co_await look_at_failed(account);
        if (!held || !failed)
            review_held(account); // the store did not say
    }
}

asio::awaitable<bool> Alerts::look_at_held(std::string account) {
    if (!tells(AlertKind::held))
        co_return true;
    const Result<std::map<ReasonCode, std::int64_t>> held = co_await world_.store.held(account);
    if (!held)
        co_return false;
    std::size_t count = 0;
    for (const auto& [code, posts] : *held)
        // A fuse has an alert of its own, and who holds a post knows of it.
        if (code != ReasonCode::fuse && code != ReasonCode::person)
            count += static_cast<std::size_t>(posts);
    const std::string subject = "account:" + account;
    if (count == 0)
        clear(AlertKind::held, subject);
    else
        raise(AlertKind::held, subject,
              text::counted(count, "post", "posts") + " of " + account +
                  (count == 1 ? " is held and waits" : " are held and wait") + " for a person",
              "`crier outbox list --state held --account " + account +
                  "` says why; then `crier outbox approve`, `release` or `cancel`");
    co_return true;
}

/// A post that was given up stays so until somebody sends it again, and perhaps nobody wants that: it is news
/// for a day.
asio::awaitable<bool> Alerts::look_at_failed(std::string account) {
    if (!tells(AlertKind::failed))
        co_return true;
    PostQuery query;
    query.account = account;
    query.states = {PostState::failed};
    query.active_since = world_.clock.now() - failed_is_news;
    query.limit = most_failed;
    const Result<std::vector<Post>> failed = co_await world_.store.find(std::move(query));
    if (!failed)
        co_return false;
    const std::string subject = "account:" + account;
    if (failed->empty()) {
        clear(AlertKind::failed, subject);
        co_return true;
    }
    const std::size_t count = failed->size();
    const Post& newest = failed->front();
    raise(AlertKind::failed, subject,
          (count < most_failed ? text::counted(count, "post", "posts") : "many posts") + " of " + account +
              (count == 1 ? " was given up: " : " were given up, the newest: ") + newest.reason,
          "`crier why " + std::to_string(newest.id) +
              "` says more; when it is mended, `crier outbox retry --state failed --account " + account +
              "`");
    reviews_.try_emplace(std::move(account), world_.clock.now() + look_at_failed_again);
    co_return true;
}

asio::awaitable<void> Alerts::look_for_silence() {
    const Instant now = world_.clock.now();
    if (!settings_->alerts.on.test(static_cast<std::size_t>(AlertKind::silent)) || now < silence_look_)
        co_return;
    const Duration often =
        std::clamp<Duration>(settings_->alerts.silent_for / 24, std::chrono::minutes{1}, most_between_looks);
    silence_look_ = now + often;
    for (const std::string& subject : silence_subjects(*settings_)) {
        if (can_be_silent && !can_be_silent(subject)) {
            clear(AlertKind::silent, subject);
            continue;
        }
        const Result<std::optional<Instant>> since =
            co_await silence_of(world_.store, *settings_, subject, now);
        if (!since)
            co_return; // looked at again in a while; who writes to the store tells of it
        if (*since)
            raise(AlertKind::silent, subject, silence_text(subject, **since), silence_action(subject));
        else
            clear(AlertKind::silent, subject);
    }
}

} // namespace crier::engine

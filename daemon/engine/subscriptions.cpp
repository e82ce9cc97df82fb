#include "engine/subscriptions.hpp"

#include "core/address.hpp"
#include "core/text/plain.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

/// Somebody who has said no may think better of it.
constexpr Duration until_refused_again = std::chrono::hours{24};

/// The first noes may mean that it could not ask back just then.
constexpr int first_noes = 2;

/// A hub that took the request asks back within that time, or did not get it.
constexpr Duration until_confirmed = std::chrono::minutes{30};

/// A hub is asked so often to end what it grants; then it is left to run out.
constexpr int most_partings = 3;

constexpr Duration hub_timeout = std::chrono::seconds{30};
constexpr int most_hops = 3;

/// So many looks in a row that find news by themselves: the hub does not push, whatever it has granted.
constexpr int most_misses = 3;
constexpr std::size_t longest_hub_address = 2048;
constexpr std::size_t longest_words = 200;

/// Until what could not be written is tried again.
constexpr Duration until_written = std::chrono::seconds{5};

/// Where the secret may be told: nobody on the way reads it.
bool is_private_way(std::string_view url) {
    if (url.starts_with("https://"))
        return true;
    for (const std::string_view here : {"http://127.0.0.1", "http://localhost", "http://[::1]"})
        if (url.starts_with(here) &&
            (url.size() == here.size() || url[here.size()] == ':' || url[here.size()] == '/'))
            return true;
    return false;
}

/// The hub's address, and before it the same with https: many feeds still name the one without.
std::vector<std::string> ways_to(const std::string& url) {
    constexpr std::string_view plain = "http://";
    const std::string_view host =
        url.starts_with(plain) ? std::string_view{url}.substr(plain.size()) : std::string_view{};
    const bool has_port = host.substr(0, host.find('/')).find(':') != std::string_view::npos;
    if (host.empty() || has_port || is_private_way(url))
        return {url};
    return {"https://" + std::string{host}, url};
}

/// `hub.verify` is of the protocol's older versions, and some hubs answer nobody without it; the others do
/// not mind.
std::string request_of(const Subscription& subscription, const std::string& url) {
    const bool leaving = subscription.state == Subscription::State::leaving;
    std::string form = "hub.verify=async&hub.mode=";
    form += leaving ? "unsubscribe" : "subscribe";
    form += "&hub.topic=" + text::url_encode(subscription.hub.topic);
    form += "&hub.callback=" + text::url_encode(subscription.callback);
    if (leaving)
        return form;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(lease_wanted).count();
    form += "&hub.lease_seconds=" + std::to_string(seconds);
    if (is_private_way(url)) // unsigned, a push says that there is something to look at, and no more
        form += "&hub.secret=" + subscription.secret;
    return form;
}

/// What a stranger wrote, for a line of ours: without what we told it, which it may repeat.
std::string words_of_hub(std::string_view text, const Subscription& subscription) {
    std::string words{text};
    for (const std::string& known : {subscription.secret, subscription.id})
        for (auto at = words.find(known); at != std::string::npos; at = words.find(known))
            words.replace(at, known.size(), "...");
    words.resize(std::min(words.size(), longest_words));
    for (char& c : words)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = ' ';
    return words;
}

/// Retry-After, in seconds and up to a day; zero: it asks for none.
Duration asked_pause(const HttpResponse& reply) {
    const std::string_view text = reply.header("Retry-After");
    std::int64_t seconds = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || seconds <= 0)
        return Duration{};
    constexpr std::int64_t day = 86400;
    return std::chrono::seconds{std::min(seconds, day)};
}

} // namespace

Subscriptions::Subscriptions(Configuration settings, World& world)
    : settings_(settings, *settings)
    , world_(world)
    , alarm_(world.clock.make_alarm()) {}

bool Subscriptions::wanted(const SourceSettings& source) const {
    return settings_->inbound && !settings_->inbound->url.empty() && source.websub && is_http(source.url) &&
           !source.on_demand;
}

std::string Subscriptions::callback_of(const std::string& id) const {
    return settings_->inbound->url + std::string{hub_path} + id;
}

std::string Subscriptions::digits(std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) {
        std::array<char, 16> hex{};
        const auto end = std::to_chars(hex.data(), hex.data() + hex.size(), world_.random.next(), 16).ptr;
        const std::string_view part{hex.data(), static_cast<std::size_t>(end - hex.data())};
        text += std::string(16 - part.size(), '0');
        text += part;
    }
    return text;
}

/// A restart is how a mended way to us arrives, so a hub that has not granted anything is asked at once.
void Subscriptions::heed_restart(Subscription& subscription) const {
    if (subscription.state != Subscription::State::asked && subscription.state != Subscription::State::denied)
        return;
    subscription.next = std::min(subscription.next, world_.clock.now());
    subscription.tries = 0;
}

/// What is further ahead than anything is ever put was reckoned on a clock that stood in the future.
void Subscriptions::heed_step_back(Instant now) {
    for (auto& [id, one] : all_) {
        const bool active = one.state == Subscription::State::active;
        if (one.next > now + (active ? lease_wanted : until_refused_again)) {
            one.next = now;
            changed_.insert(id);
        }
        if (one.until > now + longest_lease) {
            one.until = now; // it is asked what still holds
            changed_.insert(id);
        }
    }
}

void Subscriptions::begin(std::vector<Subscription> known) {
    for (Subscription& one : known) {
        if (settings_->elsewhere.sources.count(one.source) > 0)
            continue;
        const SourceSettings* source = find_source(*settings_, one.source);
        const bool keep = source != nullptr && wanted(*source) && one.callback == callback_of(one.id);
        // What nobody can ask back about cannot be ended either: it runs out.
        const bool can_part = settings_->inbound && one.callback == callback_of(one.id);
        const std::string id = one.id;
        Subscription& mine = all_[id];
        mine = std::move(one);
        heed_restart(mine);
        if (mine.state != Subscription::State::leaving)
            current_[mine.source] = id;
        if (keep)
            continue;
        if (can_part)
            leave(mine);
        else
            drop(id);
    }
}

Subscription* Subscriptions::mine(std::string_view id) {
    const auto found = all_.find(id);
    return found == all_.end() ? nullptr : &found->second;
}

const Subscription* Subscriptions::find(std::string_view id) const {
    const auto found = all_.find(id);
    return found == all_.end() ? nullptr : &found->second;
}

const Subscription* Subscriptions::of(std::string_view source) const {
    const auto found = current_.find(source);
    return found == current_.end() ? nullptr : find(found->second);
}

bool Subscriptions::pushes_to(std::string_view source) const {
    const Subscription* subscription = of(source);
    return subscription != nullptr && pushes(*subscription, world_.clock.now()) &&
           misses_of(*subscription) < most_misses;
}

int Subscriptions::misses_of(const Subscription& subscription) const {
    const auto found = misses_.find(subscription.id);
    return found == misses_.end() ? 0 : found->second;
}

/// Asked anew, for it may have lost us; until it pushes, it counts as one that does not.
void Subscriptions::note_miss(std::string_view source) {
    const Subscription* known = of(source);
    if (known == nullptr || !pushes(*known, world_.clock.now()) || ++misses_[known->id] != most_misses)
        return;
    Subscription& own = *mine(known->id);
    own.next = world_.clock.now();
    own.tries = 0;
    changed_.insert(own.id);
    alarm_->ring();
    tell(LogLevel::warning, own, "websub.silent",
         "looks found what is new " + std::to_string(most_misses) + " times, and its hub " +
             shown_address(own.hub.url) +
             " had not pushed it: it is asked anew, and until it pushes the source is looked at as "
             "without a hub");
}

void Subscriptions::tell(LogLevel level, const Subscription& subscription, const char* event,
                         const std::string& words) const {
    world_.log.write(level, event, subscription.source + ": " + words,
                     {{"source", subscription.source}, {"hub", shown_address(subscription.hub.url)}});
}

void Subscriptions::change(Subscription& subscription, Subscription::State state) {
    if (subscription.state != state)
        subscription.since = world_.clock.now();
    subscription.state = state;
    changed_.insert(subscription.id);
}

/// It is the source's own no more.
void Subscriptions::let_go(const Subscription& subscription) {
    const auto own = current_.find(subscription.source);
    if (own != current_.end() && own->second == subscription.id)
        current_.erase(own);
}

void Subscriptions::drop(const std::string& id) {
    if (const Subscription* gone = find(id))
        let_go(*gone);
    all_.erase(id);
    changed_.erase(id);
    answered_.erase(id);
    misses_.erase(id);
    ended_.push_back(id);
    alarm_->ring();
}

void Subscriptions::leave(Subscription& subscription) {
    if (subscription.until == Instant{}) { // the hub has granted nothing, and is refused what it asks about
        drop(std::string{subscription.id});
        return;
    }
    if (subscription.state == Subscription::State::leaving)
        return;
    let_go(subscription);
    change(subscription, Subscription::State::leaving);
    subscription.tries = 0;
    subscription.next = world_.clock.now();
    alarm_->ring();
}

void Subscriptions::ask_for(const SourceSettings& source, const Hub& hub) {
    Subscription made;
    made.id = digits(2);
    made.source = source.name;
    made.hub = hub;
    made.callback = callback_of(made.id);
    made.secret = digits(4);
    made.since = world_.clock.now();
    made.next = made.since;
    changed_.insert(made.id);
    const std::string id = made.id;
    current_[made.source] = id;
    all_[id] = std::move(made);
    alarm_->ring();
}

void Subscriptions::heed(const SourceSettings& source, const Hub& hub) {
    const bool has_hub = !hub.none() && is_http(hub.url) && hub.url.size() <= longest_hub_address &&
                         hub.topic.size() <= longest_hub_address && wanted(source);
    const Subscription* known = of(source.name);
    if (known != nullptr && has_hub && known->hub == hub)
        return;
    if (known != nullptr)
        leave(*mine(known->id));
    if (has_hub)
        ask_for(source, hub);
}

void Subscriptions::note_push(std::string_view id) {
    if (Subscription* subscription = mine(id)) {
        subscription->last_push = world_.clock.now();
        misses_.erase(subscription->id);
    }
}

/// What is not written yet is no subscription: nobody is asked for one that a restart would not know.
asio::awaitable<bool> Subscriptions::write() {
    if (changed_.empty() && ended_.empty())
        co_return true;
    Batch batch;
    batch.now = world_.clock.now();
    for (const std::string& id : changed_)
        if (const Subscription* one = find(id))
            batch.subscriptions.push_back(*one);
    batch.subscriptions_ended = ended_;
    ++writes_;
    const std::set<std::string> changed = std::exchange(changed_, {});
    const std::vector<std::string> ended = std::exchange(ended_, {});
    const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
    if (applied)
        co_return true;
    changed_.insert(changed.begin(), changed.end());
    ended_.insert(ended_.end(), ended.begin(), ended.end());
    co_return false;
}

Subscription* Subscriptions::due(Instant now) {
    for (auto& [id, one] : all_)
        if (one.next <= now)
            return &one;
    return nullptr;
}

Instant Subscriptions::next() const {
    Instant first = Instant::max();
    for (const auto& [id, one] : all_)
        first = std::min(first, one.next);
    return first;
}

asio::awaitable<void> Subscriptions::run() {
    while (!stopping_) {
        if (settings_.take_up())
            leave_unwanted();
        if (!co_await write()) {
            co_await alarm_->wait_for(until_written);
            continue;
        }
        heed_step_back(world_.clock.now());
        const Subscription* one = due(world_.clock.now());
        if (one == nullptr) {
            if (changed_.empty() && ended_.empty())
                co_await alarm_->wait_until(next());
            continue;
        }
        std::string id = one->id;
        co_await ask(std::move(id));
    }
}

void Subscriptions::hand_over(std::string_view source) {
    std::vector<std::string> ids;
    for (const auto& [id, one] : all_)
        if (one.source == source)
            ids.push_back(id);
    for (const std::string& id : ids) {
        let_go(*find(id));
        all_.erase(id);
        changed_.erase(id);
        answered_.erase(id);
        misses_.erase(id);
    }
}

void Subscriptions::take_over(const std::vector<Subscription>& known, std::string_view source) {
    for (const Subscription& one : known) {
        if (one.source != source || all_.count(one.id) > 0)
            continue;
        Subscription& mine = all_[one.id] = one;
        if (mine.state != Subscription::State::leaving)
            current_[mine.source] = mine.id;
    }
    alarm_->ring();
}

void Subscriptions::follow(const Configuration& settings, const std::vector<Rename>& renames) {
    settings_.follow(settings, *settings);
    for (const Rename& rename : renames) {
        const auto known = rename.kind == OriginKind::source ? current_.find(rename.from) : current_.end();
        if (known == current_.end())
            continue;
        Subscription& own = *mine(known->second);
        own.source = rename.to;
        changed_.insert(own.id); // what was just on its way to the store had the old name
        current_.erase(known);
        current_[own.source] = own.id;
    }
    alarm_->ring();
}

/// Those of sources that are gone, or want none any more.
void Subscriptions::leave_unwanted() {
    std::vector<std::string> ids;
    for (const auto& [id, one] : all_) {
        const SourceSettings* source = find_source(*settings_, one.source);
        if (one.state != Subscription::State::leaving && (source == nullptr || !wanted(*source)))
            ids.push_back(id);
    }
    for (const std::string& id : ids)
        if (settings_->inbound && mine(id)->callback == callback_of(id))
            leave(*mine(id));
        else
            drop(id);
}

void Subscriptions::stop() {
    stopping_ = true;
    alarm_->ring();
}

asio::awaitable<HttpResult> Subscriptions::send(std::string url, std::string form, bool allow_private) {
    for (int hop = 0;; ++hop) {
        HttpRequest request{"POST", url};
        request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        request.body = form;
        request.allow_private = allow_private;
        request.timeout = hub_timeout;
        request.max_body = std::size_t{64} << 10U;
        HttpResult reply = co_await world_.http->send(std::move(request));
        // The only redirects that keep a POST a POST (WebSub, 5.1).
        if (!reply || (reply->status != 307 && reply->status != 308) || hop == most_hops)
            co_return reply;
        std::string target{reply->header("Location")};
        if (!is_http(target) || (url.starts_with("https:") && !target.starts_with("https:")))
            co_return reply;
        url = std::move(target);
    }
}

/// The hub is asked, and what it is asked for it confirms in a request of its own: answer().
asio::awaitable<void> Subscriptions::ask(std::string id) {
    Subscription& before = *mine(id);
    const Instant now = world_.clock.now();
    const SourceSettings* source = find_source(*settings_, before.source);
    if (before.state == Subscription::State::leaving &&
        (before.tries >= most_partings || before.until <= now)) {
        drop(id);
        co_return;
    }
    if (before.state == Subscription::State::active && before.until <= now) {
        change(before, Subscription::State::asked);
        tell(LogLevel::info, before, "websub.lapsed",
             "its hub does not push any more, and is asked anew: until it does, the "
             "source is looked at as often as before");
    }
    ++before.tries;
    before.next = now + std::max(until_confirmed, pause_after(before.tries));
    answered_.erase(id);
    const bool allow_private = source != nullptr && source->allow_private;
    std::vector<std::pair<std::string, std::string>> ways; // each with what is said there
    for (std::string& url : ways_to(before.hub.url)) {
        std::string form = request_of(before, url);
        ways.emplace_back(std::move(url), std::move(form));
    }
    HttpResult reply = HttpFailure{};
    for (auto& [url, form] : ways) {
        reply = co_await send(std::move(url), std::move(form), allow_private);
        if (stopping_ || (reply && reply->status >= 200 && reply->status < 300))
            break;
    }
    Subscription* after = mine(id);
    if (stopping_ || after == nullptr || answered_.count(id) > 0)
        co_return; // it has confirmed before it answered
    heed_reply(*after, reply);
    changed_.insert(id);
}

void Subscriptions::heed_reply(Subscription& subscription, const HttpResult& reply) {
    if (!reply) {
        failed(subscription, reply.error().failure.message, pause_after(subscription.tries));
        return;
    }
    const int status = reply->status;
    if (status >= 200 && status < 300) {
        if (subscription.tries > 1 && subscription.state != Subscription::State::leaving)
            failed(subscription,
                   "it takes the request and does not ask back: can it reach " + settings_->inbound->url +
                       "?",
                   std::max(until_confirmed, pause_after(subscription.tries)));
        return;
    }
    const bool refused = status >= 400 && status < 500 && status != 408 && status != 429;
    std::string why = "it answers " + std::to_string(status);
    if (const std::string words = words_of_hub(reply->body, subscription); !words.empty() && refused)
        why += ": " + words;
    const bool for_long = refused && subscription.tries > first_noes;
    failed(subscription, std::move(why),
           std::max(for_long ? until_refused_again : pause_after(subscription.tries), asked_pause(*reply)));
}

void Subscriptions::failed(Subscription& subscription, std::string why, Duration pause) {
    subscription.next = world_.clock.now() + pause;
    const bool leaving = subscription.state == Subscription::State::leaving;
    if (subscription.note == why || leaving) {
        subscription.note = std::move(why);
        return;
    }
    tell(
        LogLevel::warning, subscription, "websub.failed",
        "its hub " + shown_address(subscription.hub.url) + " does not grant what it is asked for: " + why +
            ". The source is looked at as without a hub; `websub: false` at the source leaves the hub alone");
    subscription.note = std::move(why);
}

void Subscriptions::agreed(Subscription& subscription, const HubQuestion& question) const {
    const Instant now = world_.clock.now();
    if (subscription.state != Subscription::State::active)
        subscription.since = now;
    subscription.state = Subscription::State::active;
    subscription.until = now + lease_of(question.lease);
    subscription.next = renewal_of(now, subscription.until);
    subscription.tries = 0;
    subscription.note.clear();
}

asio::awaitable<HubAnswer> Subscriptions::answer(std::string id, HubQuestion question) {
    const Subscription* known = find(id);
    if (known == nullptr || known->hub.topic != question.topic)
        co_return HubAnswer::refused;
    const bool leaving = known->state == Subscription::State::leaving;
    Batch batch;
    batch.now = world_.clock.now();
    if (question.mode == "unsubscribe") {
        if (!leaving)
            co_return HubAnswer::refused;
        batch.subscriptions_ended.push_back(id);
    } else if (question.mode == "subscribe" || question.mode == "denied") {
        if (leaving)
            co_return HubAnswer::refused;
        Subscription next = *known;
        if (question.mode == "subscribe") {
            agreed(next, question);
        } else {
            next.state = Subscription::State::denied;
            next.since = batch.now;
            next.next = batch.now + until_refused_again;
            next.note =
                "it says no" + (question.reason.empty() ? "" : ": " + words_of_hub(question.reason, next));
        }
        batch.subscriptions.push_back(std::move(next));
    } else {
        co_return HubAnswer::refused;
    }
    const std::vector<Subscription> next = batch.subscriptions;
    answered_.insert(id); // whoever asked need not wait for the answer any more
    const std::size_t writes = writes_;
    const Result<Applied> applied = co_await world_.store.apply(std::move(batch));
    if (!applied) {
        answered_.erase(id);
        co_return HubAnswer::later;
    }
    const bool overwritten = writes_ != writes; // by what was known before it
    Subscription* now = mine(id);
    if (now == nullptr)
        co_return HubAnswer::refused; // meanwhile it is not wanted any more
    if (next.empty()) {
        tell(LogLevel::info, *now, "websub.ended", "its hub pushes no more");
        drop(std::string{id}); // once more, where it was overwritten
        if (!overwritten)
            ended_.pop_back();
        co_return HubAnswer::agreed;
    }
    if (overwritten || now->state == Subscription::State::leaving) {
        changed_.insert(id);
        alarm_->ring();
    }
    if (now->state == Subscription::State::leaving)
        co_return HubAnswer::refused;
    const bool news = now->state != next.front().state;
    const Instant last_push = now->last_push;
    *now = next.front();
    now->last_push = last_push;
    alarm_->ring();
    if (now->state == Subscription::State::denied)
        tell(LogLevel::warning, *now, "websub.denied",
             "its hub " + shown_address(now->hub.url) + " does not push: " + now->note +
                 ". The source is looked at as without a hub");
    else if (news)
        tell(LogLevel::info, *now, "websub.active",
             "its hub " + shown_address(now->hub.url) + " pushes what is new, until " +
                 to_rfc3339(now->until) + " and then anew");
    co_return HubAnswer::agreed;
}

} // namespace crier::engine

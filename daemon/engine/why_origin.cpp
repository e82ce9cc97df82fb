#include "core/address.hpp"
#include "core/schedule/due.hpp"
#include "core/text/plain.hpp"
#include "engine/fuse_check.hpp"
#include "engine/why_tell.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

constexpr std::size_t last_posts = 5;

/// The latest that the entry or source made, oldest first.
asio::awaitable<Result<>> tell_last(Asked asked, OriginKind kind, std::string name, Why& why) {
    PostQuery query;
    query.origin_kind = kind;
    query.origin = std::move(name);
    query.limit = last_posts;
    Result<std::vector<Post>> posts = co_await asked.engine.store().find(std::move(query));
    if (!posts)
        co_return posts.error();
    std::reverse(posts->begin(), posts->end());
    for (const Post& post : *posts) {
        const auto nominal = kind == OriginKind::entry ? from_rfc3339(post.origin.item) : std::nullopt;
        std::string words{to_text(post.state)};
        if (post.code != ReasonCode::none)
            words += " (" + std::string{to_text(post.code)} + ")"; // `crier why` of the post has the words
        words += ": " + text::first_graphemes(text::one_line(post.content.status), 50);
        WhyStep& step = add_step(why, kind == OriginKind::entry ? "fired" : "made",
                                 nominal.value_or(post.created), std::move(words));
        step.account = post.account;
        step.post = post.id;
        if (post.code != ReasonCode::missed && post.code != ReasonCode::fuse)
            step.action = advice(post);
    }
    co_return Result<>{};
}

void tell_pause_and_fuse(const std::string& origin, bool paused, const fuse::State& fuse,
                         const std::string& what, OriginKind kind, Why& why) {
    if (paused)
        add_step(why, "paused", std::nullopt, "is paused: " + what).action = "crier resume " + origin;
    if (fuse.open())
        add_step(why, "fuse", fuse.tripped, "its fuse has tripped, and what it makes is held: " + fuse.why)
            .action = fuse_action(kind, origin.substr(origin.find(':') + 1));
}

/// Of a source to which others send.
Result<> tell_hearing(Asked asked, const SourceSettings& source, const SourceState& state, Why& why) {
    if (state.last_success != Instant{})
        add_step(why, "heard", state.last_success,
                 "last took in what was sent" + (state.note.empty() ? "" : ": " + state.note));
    else
        add_step(why, "heard", std::nullopt, "has not taken in anything yet");
    if (state.failures > 0)
        add_step(why, "failing", state.last_poll,
                 text::counted(static_cast<std::size_t>(state.failures), "request was not taken",
                               "requests in a row were not taken") +
                     ": " + state.error);
    tell_pause_and_fuse("source:" + source.name, state.paused, state.fuse,
                        "what is sent to it is to be sent again later (503)", OriginKind::source, why);
    if (!state.paused)
        add_step(why, "next", std::nullopt,
                 "hears what others send (POST) to " + source.hook->path +
                     (source.hook->secret ? ", signed with its secret" : ", unsigned") +
                     "; what comes unsigned or wrongly signed is told in the log alone (inbound.refused)");
    if (!asked.running)
        add_step(why, "stopped", std::nullopt, "no daemon is running: nothing is heard").action =
            "start it: systemctl start crier, or crier run";
    return {};
}

/// Of a source whose hub is asked to push what is new.
void tell_hub(Asked asked, const std::string& name, Why& why) {
    const Subscription* subscription = asked.engine.subscription_of(name);
    if (subscription == nullptr)
        return;
    const std::string hub = "its hub " + shown_address(subscription->hub.url);
    const std::string said = subscription->note.empty() ? "" : ": " + subscription->note;
    switch (subscription->state) {
    case Subscription::State::active:
        add_step(why, "hub", subscription->until,
                 hub + " pushes what is new until then, and is asked anew before" + said);
        break;
    case Subscription::State::denied:
        add_step(why, "hub", subscription->next, hub + " does not push, and is asked again then" + said);
        break;
    default:
        add_step(why, "hub", subscription->since,
                 hub + " was asked to push, and has not confirmed it" + said);
        break;
    }
    if (subscription->last_push != Instant{})
        add_step(why, "pushed", subscription->last_push, "its hub pushed last");
}

void tell_elsewhere(const std::string& thing, Why& why) {
    add_step(why, "elsewhere", std::nullopt, "another daemon of this store works on " + thing).action =
        "crier status says which; `crier why` there says what it waits for";
}

asio::awaitable<Result<>> tell_gone(Asked asked, OriginKind kind, std::string name, Why& why) {
    add_step(why, "gone", std::nullopt,
             "is not in the configuration any more: what it made and was never sent is held")
        .action = "put it back, or crier outbox cancel --origin " + origin_text(kind, name);
    co_return co_await tell_last(asked, kind, std::move(name), why);
}

} // namespace

asio::awaitable<Result<>> tell_entry(Asked asked, std::string name, Why& why) {
    const Engine& engine = asked.engine;
    const EntrySettings* entry = find_entry(engine.settings(), name);
    const std::optional<EntryState> state = engine.planner().state_of(name);
    if (is_thing_elsewhere(engine.settings(), "entry:" + name)) {
        tell_elsewhere("entry:" + name, why);
        co_return co_await tell_last(asked, OriginKind::entry, name, why);
    }
    if (entry == nullptr || !state)
        co_return co_await tell_gone(asked, OriginKind::entry, std::move(name), why);
    add_step(why, "rule", state->since, "first seen; its rule now: " + state->rule);
    if (Result<> told = co_await tell_last(asked, OriginKind::entry, name, why); !told)
        co_return told;
    if (!state->note.empty())
        add_step(why, "passed", state->fired, "was passed over: " + state->note);
    tell_pause_and_fuse("entry:" + name, state->paused, state->fuse,
                        "what falls into the pause follows its `missed` policy when it ends",
                        OriginKind::entry, why);
    const std::vector<Instant> next = engine.planner().next_of(name, 3);
    for (const Instant nominal : next)
        for (const PostTarget& target : entry->targets) {
            const std::optional<Instant> due =
                schedule::due_of(*entry, engine.settings().accounts.at(target.account), nominal);
            std::string words = "fires";
            if (!due)
                words = "is left out: it falls into quiet hours or a blackout";
            else if (*due != nominal)
                words += "; after jitter and quiet hours it leaves at " + to_rfc3339(*due);
            add_step(why, "next", nominal, std::move(words)).account = target.account;
        }
    if (next.empty())
        add_step(why, "next", std::nullopt, "does not fire again: its rule has no moment left");
    std::vector<std::string> told;
    for (const PostTarget& target : entry->targets)
        if (std::find(told.begin(), told.end(), target.account) == told.end()) {
            told.push_back(target.account);
            tell_obstacles(asked, target.account, why);
        }
    co_return Result<>{};
}

asio::awaitable<Result<>> tell_source(Asked asked, std::string name, Why& why) {
    const std::vector<SourceState> states = asked.engine.sources();
    const auto state = std::find_if(states.begin(), states.end(),
                                    [&](const SourceState& one) { return one.source == name; });
    if (is_thing_elsewhere(asked.engine.settings(), "source:" + name)) {
        tell_elsewhere("source:" + name, why);
        co_return co_await tell_last(asked, OriginKind::source, name, why);
    }
    if (state == states.end())
        co_return co_await tell_gone(asked, OriginKind::source, std::move(name), why);
    if (Result<> told = co_await tell_last(asked, OriginKind::source, name, why); !told)
        co_return told;
    const SourceSettings* source = find_source(asked.engine.settings(), name);
    if (source != nullptr && source->hook)
        co_return tell_hearing(asked, *source, *state, why);
    if (state->last_success != Instant{})
        add_step(why, "looked", state->last_success,
                 "last looked at with success" + (state->note.empty() ? "" : ": " + state->note));
    else
        add_step(why, "looked", std::nullopt, "was never looked at with success");
    if (state->failures > 0)
        add_step(why, "failing", state->last_poll,
                 text::counted(static_cast<std::size_t>(state->failures), "look has failed",
                               "looks in a row have failed") +
                     ": " + state->error);
    tell_pause_and_fuse("source:" + name, state->paused, state->fuse, "it is not looked at",
                        OriginKind::source, why);
    tell_hub(asked, name, why);
    if (!state->paused)
        add_step(why, "next", state->next_poll, "is looked at next");
    if (!asked.running)
        add_step(why, "stopped", std::nullopt, "no daemon is running: nothing is looked at").action =
            "start it: systemctl start crier, or crier run";
    co_return Result<>{};
}

} // namespace crier::engine

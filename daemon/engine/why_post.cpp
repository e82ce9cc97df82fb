#include "core/delivery/thread.hpp"
#include "core/text/plain.hpp"
#include "engine/fuse_check.hpp"
#include "engine/why_tell.hpp"

#include <algorithm>
#include <utility>

namespace crier::engine {

namespace asio = boost::asio;

namespace {

asio::awaitable<Result<>> tell_origin(Asked asked, const Post& post, Why& why) {
    const std::string origin = origin_text(post.origin.kind, post.origin.name);
    switch (post.origin.kind) {
    case OriginKind::manual:
        add_step(why, "asked", post.created, "asked for by hand, with the key " + post.origin.item);
        break;
    case OriginKind::entry:
        add_step(why, "fired", from_rfc3339(post.origin.item),
                 origin + ", its firing of " + post.origin.item);
        break;
    case OriginKind::source: {
        SeenQuery query;
        query.source = post.origin.name;
        query.account = post.account;
        query.items.push_back(Digest::from_hex(post.origin.item));
        const Result<std::vector<SeenItem>> seen = co_await asked.engine.store().seen(std::move(query));
        if (!seen)
            co_return seen.error();
        for (const SeenItem& item : *seen) {
            add_step(why, "seen", item.seen, "seen by " + origin + ": " + item.title + " " + item.address);
            add_step(why, "verdict", item.seen, verdict_words(item));
        }
        if (seen->empty() || post.priority == Priority::manual)
            add_step(why, "asked", post.created, "an item of " + origin + ", posted by hand");
        break;
    }
    }
    co_return Result<>{};
}

void tell_life(const Post& post, Why& why) {
    const std::string part = delivery::part_of(post);
    add_step(why, "made", post.created,
             "made for " + post.account + (part.empty() ? "" : ", " + part + " of a thread"));
    if (post.undone)
        add_step(why, "undone", *post.undone, "a person wants it gone: it is not sent again");
    if (post.edited)
        add_step(why, "edited", *post.edited,
                 "changed by a person" +
                     (post.planned ? "; it was planned for " + to_rfc3339(*post.planned) : ""));
    if (post.approved)
        add_step(why, "decided", std::nullopt, "a person has let it go (the log says when: post.decided)");
    if (!delivery::lacks_parent(post) || post.state != PostState::waiting)
        add_step(why, "due", post.due,
                 "due" + (post.expires ? ", not sent after " + to_rfc3339(*post.expires) : std::string{}));
}

void tell_attempts(const std::vector<Attempt>& attempts, Why& why) {
    for (const Attempt& attempt : attempts) {
        std::string text = "attempt " + std::to_string(attempt.number) + ": ";
        if (!attempt.finished)
            text += "its outcome is not recorded";
        else
            text += attempt.outcome;
        if (attempt.http != 0)
            text += ", HTTP " + std::to_string(attempt.http);
        if (!attempt.detail.empty())
            text += ": " + attempt.detail;
        add_step(why, "attempt", attempt.started, std::move(text));
    }
}

std::string changed_words(const Amendment& amendment) {
    if (amendment.person)
        return ": a person wants it so";
    return amendment.kind == Amendment::Kind::remove ? ": its item was taken back" : ": its item was changed";
}

void tell_amendment(const Amendment& amendment, const Post& post, const Lane& lane, Why& why) {
    const bool removes = amendment.kind == Amendment::Kind::remove;
    const Mode mode = lane.settings().mode;
    if (amendment.edits > 0)
        add_step(why, "amended", std::nullopt,
                 "edited " + text::counted(static_cast<std::size_t>(amendment.edits), "time", "times") +
                     " since it was published");
    if (!amendment.next || post.state == PostState::deleted) {
        if (!amendment.note.empty())
            add_step(why, "amendment", amendment.asked, amendment.note);
        return;
    }
    const std::string what = removes ? "deleted" : "edited";
    if (mode == Mode::dry || (mode == Mode::hold && !amendment.person))
        add_step(why, "amendment", amendment.asked,
                 "is not " + what + changed_words(amendment) +
                     ", and the account is in mode: " + (mode == Mode::hold ? "hold" : "dry"))
            .action = "change it on the account's page yourself, or set mode: live";
    else if (post.state != PostState::published)
        add_step(why, "amendment", amendment.asked,
                 "to be " + what + " where it is published" + changed_words(amendment));
    else
        add_step(why, "amendment", amendment.asked,
                 "to be " + what + changed_words(amendment) +
                     (amendment.note.empty() ? std::string{} : "; " + amendment.note))
            .until = lane.turn_of(amendment);
}

/// `approve_by`: until then a person may let it go.
void tell_end(const Post& post, std::optional<Instant> last_answer, std::optional<Instant> approve_by,
              Why& why) {
    if (post.looks > 0)
        add_step(why, "evidence", post.absent_since,
                 "looked for on the account's page " +
                     (post.looks == 1 ? std::string{"once"} : std::to_string(post.looks) + " times") +
                     (post.absent_since ? ", and not found there since then" : ""));
    if (!is_final(post.state) && post.state != PostState::held)
        return;
    std::string text{to_text(post.state)};
    if (!post.status_url.empty())
        text += ": " + post.status_url;
    if (!post.reason.empty())
        text += (post.status_url.empty() ? ": " : "; ") + post.reason;
    const bool by_answer = post.state == PostState::published || post.state == PostState::failed;
    WhyStep& end =
        add_step(why, to_text(post.state), by_answer ? last_answer : std::nullopt, std::move(text));
    end.action = advice(post);
    if (post.state == PostState::held && post.code == ReasonCode::approval)
        end.until = approve_by;
    if (post.pin_next && post.state == PostState::published)
        add_step(why, "pin", std::nullopt,
                 post.content.pin ? "is pinned when nothing else is to be done"
                                  : "is unpinned when nothing else is to be done");
    if (post.receipt)
        add_step(why, "receipt", post.receipt,
                 "is to be looked at once more, as those see it who are not signed in");
}

/// The part that keeps a thread from going on: the first before this one that is not published.
asio::awaitable<Result<Post>> blocking_part(Store& store, Post post) {
    while (delivery::lacks_parent(post)) {
        PostQuery query;
        query.key = post.parent;
        Result<std::vector<Post>> found = co_await store.find(std::move(query));
        if (!found)
            co_return found.error();
        if (found->empty() || found->front().state == PostState::published)
            break;
        post = std::move(found->front());
    }
    co_return post;
}

asio::awaitable<Result<>> tell_waiting(Asked asked, Post post, Why& why) {
    const Lane* lane = asked.engine.lane(post.account);
    tell_obstacles(asked, post.account, why);
    if (lane == nullptr)
        co_return Result<>{};
    if (!asked.running && post.state == PostState::sending)
        add_step(why, "interrupted", std::nullopt,
                 "was on its way when the daemon ended: in doubt from the next start on");
    std::vector<Obstacle> obstacles = lane->obstacles(post);
    for (const Obstacle& obstacle : obstacles)
        add_step(why, obstacle);
    if (delivery::lacks_parent(post)) {
        Result<Post> part = co_await blocking_part(asked.engine.store(), post);
        if (!part)
            co_return part.error();
        if (part->id != post.id) {
            WhyStep& step = add_step(why, "part before", std::nullopt,
                                     shown(*part) + "; it is " + std::string{to_text(part->state)} +
                                         (part->reason.empty() ? "" : ": " + part->reason));
            step.post = part->id;
            step.action = advice(*part);
            for (const Obstacle& obstacle : lane->obstacles(*part))
                add_step(why, obstacle).post = part->id;
        }
        co_return Result<>{};
    }
    if (!obstacles.empty() || !lane->obstacles().empty() || !asked.running ||
        post.state == PostState::sending)
        co_return Result<>{};
    const LaneView view = lane->view();
    if (!view.waits.empty() && view.waits != "no token") // that one its turn shows
        add_step(why, "behind", std::nullopt, "is behind what waits: " + view.waits_why).until =
            view.waits_until;
    else if (view.at_work && *view.at_work != post.id)
        add_step(why, "turn", std::nullopt, "is next after what is in hand").post = view.at_work;
    else
        add_step(why, "turn", std::nullopt, "its turn is now");
    co_return Result<>{};
}

} // namespace

void tell_obstacles(Asked asked, const std::string& account, Why& why) {
    const Lane* lane = asked.engine.lane(account);
    if (lane == nullptr && is_elsewhere(asked.engine.settings(), account)) {
        add_step(why, "elsewhere", std::nullopt, "another daemon of this store works on " + account).action =
            "crier status says which; `crier why` there says what it waits for";
        return;
    }
    if (lane == nullptr) {
        add_step(why, "gone", std::nullopt, "the account " + account + " is not in the configuration")
            .action = "put it back, or crier outbox cancel --account " + account;
        return;
    }
    if (!asked.running)
        add_step(why, "stopped", std::nullopt, "no daemon is running: nothing leaves").action =
            "start it: systemctl start crier, or crier run";
    for (const Obstacle& obstacle : lane->obstacles()) {
        WhyStep& step = add_step(why, obstacle);
        step.account = account;
    }
}

asio::awaitable<Result<>> tell_post(Asked asked, Post post, Why& why) {
    const std::size_t first = why.chain.size();
    Result<std::vector<Attempt>> attempts = co_await asked.engine.store().attempts(post.id);
    if (!attempts)
        co_return attempts.error();
    tell_life(post, why);
    tell_attempts(*attempts, why);
    const Result<std::optional<Amendment>> amendment = co_await asked.engine.store().amendment(post.id);
    if (!amendment)
        co_return amendment.error();
    const Lane* lane = asked.engine.lane(post.account);
    if (amendment->has_value() && lane != nullptr)
        tell_amendment(**amendment, post, *lane, why);
    tell_end(post, attempts->empty() ? std::nullopt : attempts->back().finished,
             asked.engine.approvals().until(post), why);
    if (!is_final(post.state) && post.state != PostState::held)
        if (Result<> told = co_await tell_waiting(asked, post, why); !told)
            co_return told;
    for (std::size_t i = first; i < why.chain.size(); ++i) {
        WhyStep& step = why.chain[i];
        step.account = post.account;
        if (!step.post)
            step.post = post.id;
    }
    // What has happened in its order, then how it stands.
    std::stable_sort(why.chain.begin() + static_cast<std::ptrdiff_t>(first), why.chain.end(),
                     [](const WhyStep& a, const WhyStep& b) { return a.at && (!b.at || *a.at < *b.at); });
    co_return Result<>{};
}

asio::awaitable<Result<>> tell_post_from_origin(Asked asked, Post post, Why& why) {
    if (Result<> told = co_await tell_origin(asked, post, why); !told)
        co_return told;
    for (WhyStep& step : why.chain)
        step.account = post.account;
    co_return co_await tell_post(asked, std::move(post), why);
}

} // namespace crier::engine

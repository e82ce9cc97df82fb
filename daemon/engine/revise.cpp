#include "engine/revise.hpp"

#include "core/delivery/amend.hpp"
#include "core/delivery/thread.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace crier::engine {

namespace {

bool untouched(const Post& post) noexcept {
    const bool no_copies =
        std::all_of(post.content.media.begin(), post.content.media.end(),
                    [](const Media& media) { return media.server_id.empty() && media.copy.empty(); });
    return no_copies && post.attempts == 0 && !post.edited;
}

/// The first part, or the one that there is.
bool head_follows(const Post& post) noexcept {
    const bool waits = post.state == PostState::waiting || post.state == PostState::ready ||
                       (post.state == PostState::held &&
                        (post.code == ReasonCode::content || post.code == ReasonCode::approval));
    return waits && untouched(post);
}

/// A part that waits for the one before it, or is held with that.
bool part_follows(const Post& post) noexcept {
    const bool waits = post.state == PostState::waiting || post.state == PostState::held;
    return waits && post.code == ReasonCode::thread && delivery::lacks_parent(post) && untouched(post);
}

/// `due`: where its item says so.
Post revised_head(Post post, Composed composed, const std::optional<Instant>& due, Instant now) {
    post.content = std::move(composed.content);
    if (due && *due != post.due) {
        post.due = *due;
        post.next = *due;
        if (post.state != PostState::held)
            post.state = *due > now ? PostState::waiting : PostState::ready;
    }
    if (!composed.hold.empty()) {
        post.state = PostState::held;
        post.code = ReasonCode::content;
        post.reason = std::move(composed.hold);
        return post;
    }
    if (post.state == PostState::held) {
        post.state = post.due > now ? PostState::waiting : PostState::ready;
        post.code = ReasonCode::none;
        post.next = post.due;
    }
    post.reason = std::move(composed.note);
    return post;
}

Post cancelled(Post post, std::string why) {
    post.state = PostState::cancelled;
    post.code = ReasonCode::taken_back;
    post.reason = std::move(why);
    return post;
}

} // namespace

bool follows_item(const ItemThread& thread) noexcept {
    if (thread.rows.empty() || !head_follows(thread.rows.front()))
        return false;
    return std::all_of(thread.rows.begin() + 1,
                       thread.rows.begin() + static_cast<std::ptrdiff_t>(thread.parts()), part_follows);
}

Revised revised(ItemThread thread, const AccountSettings& account, Acceptance acceptance,
                std::vector<Composed> composed, const std::optional<Instant>& due) {
    Revised made;
    if (!composed.front().drop.empty())
        return made; // it was worth posting when it was first seen
    const Instant now = acceptance.now;
    const std::size_t had = thread.parts();
    Post before = revised_head(std::move(thread.rows.front()), std::move(composed.front()), due, now);
    before.expires = acceptance.expires;
    before.parts = static_cast<int>(composed.size());
    made.update.push_back(before);
    acceptance.priority = before.priority;
    acceptance.due = before.due;
    for (std::size_t i = 1; i < composed.size(); ++i) {
        acceptance.part = static_cast<int>(i);
        Post part = accept(account, acceptance, std::move(composed[i]));
        part = delivery::behind(std::move(part), before, now);
        before = part;
        if (i >= thread.rows.size()) {
            made.insert.push_back(std::move(part));
            continue;
        }
        part.id = thread.rows[i].id;
        part.version = thread.rows[i].version;
        part.created = thread.rows[i].created;
        made.update.push_back(std::move(part));
    }
    for (std::size_t i = composed.size(); i < had; ++i)
        made.update.push_back(
            cancelled(std::move(thread.rows[i]), "its item says less than it did: this part is not needed"));
    return made;
}

namespace {

/// It is published, or an attempt may still publish it.
bool may_be_there(const Post& post) noexcept {
    return post.state == PostState::published || !is_final(post.state);
}

Amendment asked_of(const Post& post, Amendment::Kind kind, Instant now) {
    Amendment amendment;
    amendment.post = post.id;
    amendment.account = post.account;
    amendment.kind = kind;
    amendment.asked = now;
    amendment.next = now;
    return amendment;
}

} // namespace

bool may_be_edited(const Post& post) noexcept {
    return may_be_there(post) && post.parts == 1 && !post.edited && !post.approved;
}

std::optional<Amendment> edited(const Post& post, const std::vector<Composed>& composed, Instant now) {
    const Composed& says = composed.front();
    if (composed.size() > 1 || !says.drop.empty() || !says.hold.empty())
        return std::nullopt;
    PostContent content = delivery::with_words_of(post.content, says.content);
    const bool same = content == post.content;
    Amendment amendment = asked_of(post, same ? Amendment::Kind::keep : Amendment::Kind::edit, now);
    amendment.content = std::move(content);
    return amendment;
}

TakenBack taken_back(ItemThread thread, bool removes, Instant now) {
    constexpr std::string_view why = "its item was taken back";
    TakenBack made;
    const bool whole = follows_item(thread) || (removes && head_follows(thread.rows.front()));
    if (!removes && !whole)
        return made;
    // Each a moment after the one behind it: the lane takes them in this order, and no reply is ever seen
    // without what it answers to.
    Instant when = now;
    for (std::size_t i = thread.parts(); i-- > 0;) {
        Post& post = thread.rows[i];
        if (whole ? !is_final(post.state) : i > 0 && part_follows(post)) {
            made.cancelled.push_back(cancelled(std::move(post), std::string{why}));
        } else if (!whole && may_be_there(post)) {
            made.amendments.push_back(asked_of(post, Amendment::Kind::remove, now));
            made.amendments.back().next = when;
            when += std::chrono::microseconds{1};
        }
    }
    return made;
}

} // namespace crier::engine

#include "core/delivery/evidence.hpp"

#include "core/delivery/comparable.hpp"
#include "core/identity.hpp"
#include "core/text/entities.hpp"
#include "core/text/plain.hpp"
#include "core/text/utf8.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace crier::delivery {
namespace {

/// How far a status's time may be off where the server has told its clock.
constexpr Duration told_tolerance = std::chrono::minutes{1};

/// The server may show other words than it was sent: it makes text of marks, and puts a quote's address
/// before.
bool is_rewritten(const PostContent& content) {
    return !content.content_type.empty() || !content.quote.empty();
}

/// What is left of a text whatever its marks are made of: letters and digits outside of links.
std::string letters_of(std::string_view text) {
    std::string kept;
    std::size_t at = 0;
    const auto take = [&](std::size_t end) {
        while (at < end) {
            const text::CodePoint point = text::code_point(text, at);
            if (text::is_word(point.value) && point.value != '_')
                kept.append(text, at, point.size);
            at += point.size;
        }
    };
    for (const text::Entity& link : text::find_links(text)) {
        take(link.begin);
        at = std::max(at, link.end);
    }
    take(text.size());
    return text::fold_case(kept);
}

/// What stands in the post's text: a server moves a warning without a text into the text.
struct Wanted {
    std::string text;
    std::string spoiler;
    std::vector<std::string> links; ///< canonical
    std::size_t media = 0;
    std::set<std::string> media_ids;
    bool rewritten = false;
    std::string letters; ///< of a text that may be shown rewritten

    explicit Wanted(const PostContent& content)
        : text(comparable(content.status))
        , spoiler(comparable(content.spoiler_text))
        , media(content.media.size())
        , rewritten(is_rewritten(content)) {
        if (rewritten)
            letters = letters_of(content.status);
        if (text.empty())
            std::swap(text, spoiler);
        for (const text::Entity& link : text::find_addresses(content.status))
            links.push_back(
                canonical_link(std::string_view{content.status}.substr(link.begin, link.end - link.begin)));
        for (const Media& one : content.media)
            if (!one.server_id.empty())
                media_ids.insert(one.server_id);
    }
};

std::set<std::string> links_of(const SeenStatus& status) {
    std::set<std::string> links;
    for (const std::string& link : status.links)
        links.insert(canonical_link(link));
    return links;
}

enum class Likeness { none, some, link, text, media };

/// `uses`: in how many of the listing's statuses each link stands.
Likeness likeness(const Wanted& wanted, const SeenStatus& status,
                  const std::map<std::string, std::size_t>& uses) {
    // An attachment belongs to one status: no text can say more.
    if (std::any_of(status.media.begin(), status.media.end(),
                    [&](const std::string& id) { return wanted.media_ids.count(id) > 0; }))
        return Likeness::media;
    const bool same_media = status.media.size() == wanted.media;
    const bool same_text = comparable(status.text) == wanted.text ||
                           (!wanted.letters.empty() && letters_of(status.text) == wanted.letters);
    if (same_text && same_media && comparable(status.spoiler_text) == wanted.spoiler)
        return Likeness::text;
    // Rewritten (markup, a content filter): a link that nothing else there has.
    bool shares_link = false;
    const std::set<std::string> links = links_of(status);
    for (const std::string& link : wanted.links) {
        if (links.count(link) == 0)
            continue;
        shares_link = true;
        const auto used = uses.find(link);
        if (same_media && used != uses.end() && used->second == 1)
            return Likeness::link;
    }
    return same_text || shares_link ? Likeness::some : Likeness::none;
}

/// Why a listing without the post proves nothing; empty: it does.
std::string unproven(const Timeline& timeline, const std::set<std::string>& ours) {
    if (timeline.stale)
        return "what the server shows of the account is an old copy";
    if (!timeline.reaches_back)
        return "what the server shows of the account does not reach back far enough";
    const bool shows_ours = std::any_of(timeline.statuses.begin(), timeline.statuses.end(),
                                        [&](const SeenStatus& status) { return ours.count(status.id) > 0; });
    return shows_ours ? "" : "what the server shows of the account has no post that crier knows to be there";
}

} // namespace

Window window_of(const Post& post, const Rules& rules) {
    Window window;
    const Instant last = post.last_attempt.value_or(post.next);
    window.begin = post.first_attempt.value_or(last);
    window.end = last + rules.tuning.timeout + rules.tuning.quiet;
    // The wall clock may have been set since: by what it says now, it was so long ago.
    if (const auto age = measured_age(post, rules)) {
        window.known = true;
        window.end += (rules.now - *age) - window.begin;
        window.begin = rules.now - *age;
        if (post.sent.count_in(rules.boot))
            window.end = std::max(window.end, rules.now + (post.sent.over_at - rules.mono));
    }
    if (post.generation > 0)
        window.begin = std::min(window.begin, post.created);
    return window;
}

Evidence search(const Post& post, const Rules& rules, const Timeline& timeline,
                const std::set<std::string>& ours) {
    const Wanted wanted{post.content};
    const Window window = window_of(post, rules);
    const Duration tolerance = timeline.ahead ? told_tolerance : clock_tolerance;
    const Duration ahead = timeline.ahead.value_or(Duration::zero());
    std::map<std::string, std::size_t> uses;
    for (const SeenStatus& status : timeline.statuses)
        for (const std::string& link : links_of(status))
            ++uses[link];
    Evidence evidence;
    std::vector<const SeenStatus*> same;
    bool alike = false;
    for (const SeenStatus& status : timeline.statuses) {
        if (status.boost || ours.count(status.id) > 0)
            continue;
        const Likeness how = likeness(wanted, status, uses);
        if (how == Likeness::none && !wanted.rewritten)
            continue;
        if (how == Likeness::media) {
            evidence.finding = Finding::found;
            evidence.status = &status;
            return evidence;
        }
        if (!status.created) {
            alike = true;
            continue;
        }
        const Instant created = *status.created - ahead;
        const bool then = created >= window.begin - tolerance && created <= window.end + tolerance;
        // The same words at another time are no proof of it; nor of its absence, for a clock may have been
        // set. (What is none of ours and was made then may be it in the server's words.)
        if (then && how >= Likeness::link)
            same.push_back(&status);
        else
            alike = alike || then || how == Likeness::text;
    }
    if (same.size() == 1) {
        evidence.finding = Finding::found;
        evidence.status = same.front();
    } else if (same.size() > 1) {
        evidence.finding = Finding::two;
        evidence.why = same[0]->url + " and " + same[1]->url;
    } else if (alike) {
        evidence.finding = Finding::alike;
        evidence.why = "something like it is on the account, and it cannot be told whether that is it";
    } else {
        evidence.why = window.known ? unproven(timeline, ours)
                                    : "no clock tells when it was sent, so that its absence proves nothing";
        evidence.finding = evidence.why.empty() ? Finding::missing : Finding::unproven;
    }
    return evidence;
}

bool is_told(const Post& post, const Rules& rules, const Sighting& sighting) {
    if (!sighting.timeline || sighting.timeline->sight != Sight::seen)
        return false;
    const Finding finding = search(post, rules, *sighting.timeline, sighting.ours).finding;
    return finding == Finding::found || finding == Finding::two;
}

bool shown_to_all(const Post& post) noexcept {
    return !post.content.local_only && (post.content.visibility == Visibility::public_ ||
                                        post.content.visibility == Visibility::unlisted);
}

std::string witness_of(const Post& post, const Digest& token) {
    return Digester{}.field(post.key.view()).field(token.view()).finish().hex().substr(0, 8);
}

bool media_would_tell(const Post& post, const Rules& rules, Instant now) {
    if (!rules.hides_attached || post.content.media.empty() || rules.token == Digest{})
        return false;
    // Younger than the server's broom, and seen by the token that would ask now: else a 404 has other
    // reasons.
    const Media& media = post.content.media.front();
    return !media.server_id.empty() && media.witness == witness_of(post, rules.token) &&
           now >= media.uploaded && now - media.uploaded < media_life;
}

bool can_look(const Post& post, const Rules& rules, Instant now) {
    return (rules.look && shown_to_all(post)) || media_would_tell(post, rules, now);
}

bool same_words(const PostContent& content, const SeenStatus& status) {
    const Wanted wanted{content};
    const bool same_text = comparable(status.text) == wanted.text ||
                           (wanted.rewritten && letters_of(status.text) == wanted.letters);
    return same_text && comparable(status.spoiler_text) == wanted.spoiler &&
           status.media.size() == wanted.media;
}

std::optional<std::string> receipt_note(const Post& post, const StatusSight& sight) {
    if (sight.sight == Sight::gone)
        return "published, but nobody can see it: the server's filter dropped it, or somebody deleted it";
    if (sight.sight != Sight::seen)
        return std::nullopt;
    const std::string_view asked = to_text(post.content.visibility);
    if (!sight.status.visibility.empty() && sight.status.visibility != asked)
        return "published, but shown as " + sight.status.visibility + " and not as " + std::string{asked};
    if (sight.status.media.size() < post.content.media.size())
        return "published, but shown with " + std::to_string(sight.status.media.size()) + " of " +
               std::to_string(post.content.media.size()) + " media";
    return std::nullopt;
}

} // namespace crier::delivery

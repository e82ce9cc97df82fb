#pragma once

#include "core/delivery/reply.hpp"
#include "core/failure.hpp"
#include "core/item.hpp"
#include "core/post.hpp"
#include "core/settings.hpp"
#include "core/text/length.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// From a template and what it is filled with to the post as it will be published. Pure: preview shows
/// exactly what the daemon sends because both call this.
namespace crier::engine {

struct Composed {
    PostContent content;
    std::size_t length = 0; ///< as the server counts
    std::size_t limit = 500;
    std::string note; ///< for people: "shortened to fit", "one image left out: no alt text"
    std::string hold; ///< not empty: needs a person, and why
    std::string drop; ///< not empty: not to be posted, and why

    Composed() = default;
};

/// An occurrence, and what its posts are made from.
struct EntryOccurrence {
    const EntrySettings& entry;
    const schedule::Zone& zone; ///< the entry's
    /// `now` in the template, so that a late or retried post reads as it should have.
    Instant nominal{};
    std::int64_t counter = 1;   ///< how many-th firing of the entry it is
    const Item* item = nullptr; ///< what it drew, or its command yielded; null: nothing
};

/// All parts of a thread, or the one post that there is; a text that is too long may itself become several
/// (`overflow: thread`). What must be held in any of them is said of the
/// first: nothing of it goes before all is well.
[[nodiscard]] std::vector<Composed> compose_parts(const EntryOccurrence& occurrence, const PostTarget& target,
                                                  const ServerProfile& server);

/// The server that an account is on.
using ProfileOf = std::function<const ServerProfile&(const std::string& account)>;

/// Why the occurrence's item is to be left for the next one, by any of the entry's accounts; empty: it is
/// not. What needs a person is no such reason: it is made, and held.
[[nodiscard]] std::string why_dropped(const EntryOccurrence& occurrence, const ProfileOf& profile);

/// The post of an item, or the parts of the thread that its text needs (`overflow: thread`): never none. What
/// is to be said of it as a whole is said of the first; the media are the first one's.
[[nodiscard]] std::vector<Composed> compose_item(const SourceSettings& source, const PostTarget& target,
                                                 const Item& item, const schedule::Zone& zone, Instant now,
                                                 const ServerProfile& server);

/// What a further part of a thread has of the first one's: not its media, poll, quote and pin, nor what it
/// replies to.
[[nodiscard]] PostContent as_further_part(PostContent first);

/// What a person wrote as the parts of the thread that it needs; one: it fits, or it cannot be broken.
[[nodiscard]] std::vector<Composed> in_parts(Composed composed, const ServerProfile& server, bool counter);

/// The content warning that an account's defaults give what a person posts by hand; empty: none.
[[nodiscard]] std::string default_warning(const Settings& settings, const AccountSettings& account,
                                          Instant now);

/// Whether the item has media of this kind ("item": of any) that a post could have.
[[nodiscard]] bool has_media(const Item& item, std::string_view kind);

/// Whether there is nothing in the item that could be posted: no title, text, link or media. A template may
/// still make a post of what else it says.
[[nodiscard]] bool says_nothing(const Item& item) noexcept;

/// Whether the server takes what a person wrote, and so much of it. A failure is Cause::usage.
[[nodiscard]] Result<> check_content(const PostContent& content, const ServerProfile& server);

/// The rules of a server's length limit.
[[nodiscard]] text::LengthRules length_rules(const ServerProfile& server);

} // namespace crier::engine

#pragma once

#include "core/time.hpp"

#include <optional>
#include <string>
#include <vector>

/// What can be seen of an account by whoever reads it: what evidence about a post goes by. Made by mastodon/
/// from the wire, judged by core/delivery/evidence; never with the token that posts.
namespace crier {

enum class Sight {
    seen,   ///< it answered, and what it showed is here
    gone,   ///< the API itself says that there is no such thing (404, 410)
    closed, ///< not shown to those whom it does not know, or not offered: no evidence by this way
    later,  ///< no answer that counts: away, troubled, limited
};

/// What all looks have in common.
struct LookResult {
    Sight sight = Sight::later;
    int http = 0;                 ///< status code; 0 when there was no reply
    bool unreachable = false;     ///< with `later`: the request did not get there
    std::string text;             ///< why it is not `seen`, for people; bounded
    std::optional<Instant> again; ///< with `later`: not before, where it says so

    LookResult() = default;
};

/// One status as it is shown to everybody.
struct SeenStatus {
    std::string id;
    std::string url;
    std::string account_id;
    std::optional<Instant> created; ///< by the server's clock
    std::string text;               ///< its content as plain text; links in full
    std::vector<std::string> links; ///< where they lead; without those of mentions and hashtags
    std::string card;               ///< where its preview leads: to where its first link ends
    std::string spoiler_text;
    std::string visibility;
    std::string in_reply_to;
    std::vector<std::string> media; ///< ids of its attachments
    std::string application;        ///< the name of what made it; empty: not shown
    bool boost = false;             ///< another's status, shared

    SeenStatus() = default;
};

struct AccountSight : LookResult {
    std::string id;

    AccountSight() = default;
};

struct StatusSight : LookResult {
    SeenStatus status; ///< with `seen`

    StatusSight() = default;
};

/// An account's statuses, newest first.
struct Timeline : LookResult {
    std::vector<SeenStatus> statuses;
    /// It shows everything since the moment that was asked for.
    bool reaches_back = false;
    /// A copy that may be older than a minute, by its own headers.
    bool stale = false;
    std::optional<Duration> ahead; ///< the server's clock less this one's, where it says

    Timeline() = default;
};

} // namespace crier

#include "mastodon/hints.hpp"

#include <string_view>

namespace crier::mastodon::hints {
namespace {

struct Known {
    int status;
    std::string_view words; ///< part of the server's
    const char* hint;
};

constexpr Known known[] = {
    {403, "scope",
     "on the server open Preferences > Development > your application, tick write:statuses and write:media, "
     "save, and copy the access token anew (it changes with the scopes)"},
    {403, "confirmed e-mail", "confirm the account's e-mail address: the server has sent a message to it"},
    {403, "pending approval", "the account waits for the approval of the server's moderators"},
    {403, "currently disabled",
     "log in with a browser: the account is disabled or suspended, has moved to another one, or must set up "
     "two-factor authentication"},
    {422, "authenticated user",
     "this token belongs to an application and to no account: copy \"Your access token\" from Preferences > "
     "Development"},
    {422, "already attached",
     "its picture is in another post already, perhaps in this very one: look at the account before `crier "
     "outbox retry`"},
    {400, "already attached",
     "its picture is in another post already, perhaps in this very one: look at the account before `crier "
     "outbox retry`"},
    {422, "finished processing",
     "the server has not processed the media, though it said so before: `crier outbox retry` later"},
};

constexpr const char* something_before =
    "something before the server asks for a password of its own: the API must be reachable without";
constexpr const char* account = "look at the account in a browser: its login may be disabled, suspended, "
                                "moved, unconfirmed or waiting for "
                                "approval; or the token lacks write:statuses or write:media";
constexpr const char* blocked = "this is no answer of the API: a firewall before the server, or a block of "
                                "this machine's address; ask the "
                                "server's administrator";

} // namespace

std::string hint_for(const HttpResponse& response, const ServerWords& words) {
    for (const Known& row : known)
        if (row.status == response.status && words.text.find(row.words) != std::string::npos)
            return row.hint;
    if (response.status == 401)
        return response.header("WWW-Authenticate").rfind("Basic", 0) == 0 ? something_before : unauthorized;
    if (response.status == 403)
        return words.by_api ? account : blocked;
    return {};
}

} // namespace crier::mastodon::hints

#pragma once

#include "mastodon/words.hpp"
#include "ports/http_client.hpp"

#include <string>

/// How to mend what a server refuses. Only words for people: nothing is decided here.
namespace crier::mastodon::hints {

inline constexpr const char* unauthorized =
    "the usual mistake is to paste the client key or the client secret instead of the access token: on the "
    "server open Preferences > Development > your application and copy \"Your access token\"; if the "
    "application is gone there, make a new one";
inline constexpr const char* gone = "what it answers to is no longer there; or, on a repeat, the post was "
                                    "published and has been deleted since";
inline constexpr const char* shut_down = "the server is being shut down for good";
inline constexpr const char* no_api =
    "there is no Mastodon API at this address: compare `server:` with the address in the browser; if it was "
    "right until now, the server is out of order";
inline constexpr const char* no_media_api = "this server does not take media over its API";
inline constexpr const char* no_edits =
    "this server cannot edit what is published: set `on_update: ignore` for its sources";
inline constexpr const char* pin_scope =
    "to pin takes the scope write:accounts: get a token with it (`crier login`), or leave `pin` out";
inline constexpr const char* pin_limit =
    "the server takes only so many pinned posts, and only one's own public ones: unpin another one "
    "(`crier outbox unpin ID`), then `crier outbox pin ID`";
inline constexpr const char* no_pins = "this server has no pinned posts over its API: leave `pin` out";
inline constexpr const char* wrong_form = "the server wants another form of request: please report it";
inline constexpr const char* too_large = "the request is larger than the server or its proxy takes";
inline constexpr const char* no_agent =
    "GoToSocial answers so to requests without a User-Agent: does a proxy take it out?";
inline constexpr const char* file_too_large = "the file is larger than the server or its proxy takes";
inline constexpr const char* bad_file = "the server does not take this file: its type, its size in bytes or "
                                        "in pixels, or the length of its alt text";
inline constexpr const char* not_processed = "the server could not process this file";
inline constexpr const char* upload_error =
    "when this goes on: the file may be damaged; open it, and save it anew";
inline constexpr const char* overload = "the server is overloaded; it did not look at the post";
inline constexpr const char* replayed =
    "the server repeats its first answer to this key and has not looked at the post again";

/// For 401, 403 and the refusals whose cause only the words tell. Literals of the servers' source stay
/// English whatever the account's language; where they do not fit, the hint names all causes.
[[nodiscard]] std::string hint_for(const HttpResponse& response, const ServerWords& words);

} // namespace crier::mastodon::hints

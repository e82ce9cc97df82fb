#pragma once

#include "sandbox/api/call.hpp"
#include "sandbox/api/words.hpp"
#include "sandbox/http/message.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace crier::sandbox {

[[nodiscard]] Response json_reply(const boost::json::value& value, int status = 200);
[[nodiscard]] Response html_reply(std::string html, int status = 200);
[[nodiscard]] Response typed_reply(std::string_view content_type, std::string body);

/// {"error": text}, as Mastodon writes it.
[[nodiscard]] Response error_reply(int status, std::string_view text);
/// The text in the shape of this kind of server.
[[nodiscard]] Response error_reply(const Facts& facts, int status, std::string_view text);
[[nodiscard]] Response error_reply(const Call& call, int status, std::string_view text);
/// In its words, and where it has several in the language of the request.
[[nodiscard]] Response error_reply(const Call& call, int status, const Words& words,
                                   std::string_view about = {});
/// What is wrong with the request's content: 422, or 400.
[[nodiscard]] Response refusal(const Call& call, const Words& words, std::string_view about = {});
[[nodiscard]] Response not_found(const Call& call);

/// What nobody caught: JSON when that is the first format that the client accepts, else a page.
[[nodiscard]] Response exception_reply(const Request& request, int status);
/// The same, or what this kind of server has in its place.
[[nodiscard]] Response exception_reply(const Call& call, int status);
/// A proxy's page.
[[nodiscard]] Response proxy_page(int status);

[[nodiscard]] Response unauthorized(const Words& words, std::string_view language);

} // namespace crier::sandbox

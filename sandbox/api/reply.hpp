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

/// {"error": ...}: a text that stays English.
[[nodiscard]] Response error_reply(int status, std::string_view text);
/// {"error": ...} in the language of the request.
[[nodiscard]] Response error_reply(const Call& call, int status, const Words& words,
                                   std::string_view about = {});
/// What is wrong with the request's content: 422, on GoToSocial 400.
[[nodiscard]] Response refusal(const Call& call, const Words& words, std::string_view about = {});
[[nodiscard]] Response not_found();

/// What nobody caught: JSON when that is the first format that the client accepts, else a page.
[[nodiscard]] Response exception_reply(const Request& request, int status);
/// A proxy's page.
[[nodiscard]] Response proxy_page(int status);

[[nodiscard]] Response unauthorized(const Words& words, std::string_view language);

} // namespace crier::sandbox

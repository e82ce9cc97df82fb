#pragma once

#include "ports/http_client.hpp"

#include <string>
#include <string_view>

namespace crier::mastodon {

/// What a refusal says, for people.
struct ServerWords {
    /// `error` (and `error_description`) of a JSON body, or what other software writes there; else the title
    /// of a page, or the first line of plain text. One line, bounded, without control characters, UTF-8.
    std::string text;
    /// A JSON object with an `error`: the API itself has answered, and not something before it.
    bool by_api = false;
};

[[nodiscard]] ServerWords read_words(const HttpResponse& response);

/// One line of at most 300 characters; bytes that are not UTF-8 are replaced, and what can change a terminal
/// or the direction of text is left out.
[[nodiscard]] std::string bounded_line(std::string_view text);

/// A server may send back what it was sent. What it says is shown and stored; a token, a code or a client's
/// secret must not be. Nor as a form (%2B) or JSON (\u002b, \/) writes it, so that it is found before the
/// text is read and cut; a second time behind that for what a reader leaves out in the middle of it.
void strike_out(std::string& text, std::string_view secret);

/// Where a redirect points, for people: scheme and host; empty when it stays on the same host, or says
/// nothing.
[[nodiscard]] std::string redirect_host(const HttpResponse& response);

} // namespace crier::mastodon

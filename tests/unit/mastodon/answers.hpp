#pragma once

#include "mastodon/errors.hpp"

#include <initializer_list>
#include <ostream>
#include <string>

namespace crier {

inline std::ostream& operator<<(std::ostream& out, Verdict verdict) {
    return out << to_text(verdict);
}

} // namespace crier

namespace crier::mastodon::test {

inline constexpr auto publish = Endpoint::publish;
inline constexpr auto upload = Endpoint::upload;

/// One answer of a server as recorded or as its source says, and what it must mean.
struct Answer {
    const char* name;
    Endpoint endpoint;
    int status;
    const char* headers; ///< "Name: value", one a line
    const char* body;
    Verdict verdict;
    const char* text;               ///< exactly
    const char* hint = "";          ///< a part of it; empty: there is none
    bool media_unconfirmed = false; ///< of a publish
};

inline constexpr const char* json_type = "Content-Type: application/json; charset=utf-8";
inline constexpr const char* html_type = "Content-Type: text/html; charset=utf-8";

[[nodiscard]] HttpResponse response(int status, const char* headers, std::string body);

void check(std::initializer_list<Answer> answers);

} // namespace crier::mastodon::test

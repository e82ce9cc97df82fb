#include "core/text/arguments.hpp"

#include "core/text/days.hpp"
#include "core/text/span.hpp"

namespace crier::text {
namespace {

/// More are a slip of the hand.
constexpr std::size_t most_arguments = 100;

std::size_t most_of(const Signature& signature) {
    return signature.more == "*" ? most_arguments : signature.needed.size() + signature.more.size();
}

char form_of(const Signature& signature, std::size_t i) {
    if (i < signature.needed.size())
        return signature.needed[i];
    return signature.more == "*" ? signature.needed.back() : signature.more[i - signature.needed.size()];
}

/// "1 argument", "2 to 100 arguments", "1 argument at most".
std::string expected_count(const Signature& signature) {
    const std::size_t least = signature.needed.size();
    const std::size_t most = most_of(signature);
    if (most == 0)
        return "no argument";
    return (least > 0 && least < most ? std::to_string(least) + " to " : "") + std::to_string(most) +
           (most == 1 ? " argument" : " arguments") + (least == 0 ? " at most" : "");
}

template <typename Read>
std::optional<CallProblem> unread(const Result<Read>& read) {
    if (read)
        return std::nullopt;
    const Failure failure = read.error();
    return CallProblem{failure.message, failure.hint};
}

std::optional<CallProblem> argument_form_problem(const Signature& signature, char form,
                                                 const Argument& argument) {
    const auto wrong = [&](std::string_view what) {
        return CallProblem{"'" + std::string{signature.name} + "' takes " + std::string{what},
                           "it is written " + std::string{signature.usage}};
    };
    const bool wants_number = form == 'n' || form == 'i';
    const auto* text = std::get_if<std::string>(&argument);
    if (text == nullptr) {
        if (form != 'b' && !wants_number)
            return wrong("a text in quotes, not a number");
        if (form == 'n' && std::get<std::int64_t>(argument) <= 0)
            return wrong("a number above 0");
        return std::nullopt;
    }
    if (wants_number)
        return wrong("a number, not a text");
    switch (form) {
    case 'd':
        return unread(read_day(*text));
    case 'y':
        if (const auto day = read_day(*text); day && !day->year)
            return wrong("a day with its year, and '" + *text + "' is one of every year");
        return unread(read_day(*text));
    case 't':
        return unread(read_local(*text));
    case 'p':
        return unread(read_span(*text));
    default:
        return std::nullopt;
    }
}

} // namespace

std::optional<CallProblem> call_problem(const Signature& signature, const Arguments& arguments) {
    const std::size_t given = arguments.size();
    if (given < signature.needed.size() || given > most_of(signature))
        return CallProblem{"'" + std::string{signature.name} + "' takes " + expected_count(signature) +
                               ", not " + std::to_string(given),
                           "it is written " + std::string{signature.usage}};
    for (std::size_t i = 0; i < given; ++i)
        if (auto wrong = argument_form_problem(signature, form_of(signature, i), arguments[i]))
            return wrong;
    return std::nullopt;
}

const std::string& string_at(const Arguments& arguments, std::size_t i) {
    return std::get<std::string>(arguments[i]);
}

std::int64_t number_at(const Arguments& arguments, std::size_t i) {
    return std::get<std::int64_t>(arguments[i]);
}

} // namespace crier::text

#pragma once

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace crier {

/// What kind of thing went wrong: what a caller may do about it depends on this and never on the words.
enum class Cause {
    usage,       ///< the command line or a request makes no sense
    config,      ///< the configuration is wrong
    token,       ///< no token, or one that the server refuses
    permission,  ///< the file system or the server says no
    network,     ///< no connection, a broken one, a deadline
    server,      ///< the other side answered, and wrongly
    temporary,   ///< may go through later by itself (disk full, store busy)
    corrupt,     ///< stored data is not what was stored
    conflict,    ///< somebody else changed the same thing first; load it again
    fenced,      ///< another daemon works on it now: leave it alone
    not_found,   ///< there is no such thing
    unsupported, ///< this build or this server does not have it
    cancelled,   ///< stopped by a request to stop
    internal,    ///< a fault of this program
};

/// Where and what (`message`), and how to mend it (`hint`, may be empty). Never holds a secret.
struct Failure {
    Cause cause = Cause::internal;
    std::string message;
    std::string hint;

    Failure() = default; // boost::system::result<T, E>::error() of 1.81 makes one where there is none

    // A constructor, so that GCC 12 does not destroy a temporary of this type twice in an expression with
    // co_await (docs/ARCHITECTURE.md, "Traps").
    Failure(Cause c, std::string m, std::string h = {})
        : cause(c)
        , message(std::move(m))
        , hint(std::move(h)) {}
};

/// What Result::value() throws when there is none: for tests and for places where a failure is a bug.
class FailureError : public std::runtime_error {
public:
    explicit FailureError(Failure failure)
        : std::runtime_error(failure.message)
        , failure_(std::move(failure)) {}
    [[nodiscard]] const Failure& failure() const noexcept { return failure_; }

private:
    Failure failure_;
};

[[noreturn]] inline void throw_exception_from_error(const Failure& failure, const boost::source_location&) {
    throw FailureError(failure);
}

/// Expected failures are values: a T, or why not.
template <class T = void>
using Result = boost::system::result<T, Failure>;

/// The exit code of docs: 1 failed, 2 usage, 3 config, 4 token or permission, 5 server or network, 75
/// temporary.
[[nodiscard]] int exit_code(Cause cause) noexcept;

} // namespace crier

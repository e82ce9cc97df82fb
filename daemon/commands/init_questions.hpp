#pragma once

#include "commands/commands.hpp"

#include <string>

namespace crier::commands {

/// What a first configuration is made of, all of it known to be good.
struct InitAnswers {
    std::string server;        ///< "https://host[:port]"
    std::string handle;        ///< without the server
    std::string feed;          ///< an address, or a file by its absolute path; empty: none
    bool private_feed = false; ///< on this machine or in a private network
    std::string folder;        ///< by its absolute path; empty: none
    std::string timezone;
    std::string language;
    std::string mode; ///< live, hold, dry
};

/// Asks what the options do not say, each answer checked at once; server and feed by a look at them, unless
/// `offline` says otherwise.
///
/// On a terminal, wrong answers are asked for again, and so is what a look does not bear out, whether it was
/// typed or given by an option: the same answer once more takes it all the same. Through a pipe wrong answers
/// end it, looks only say what they see, what is given by options is not looked at (that is `crier check
/// --online`), and where the pipe ends the answers in brackets are taken. Errors: usage; cancelled when a
/// terminal says that it has no more (Ctrl-D).
[[nodiscard]] Result<InitAnswers> ask_for_init(const Invocation& call, const InitOptions& options);

/// The addresses of feeds that are named in the words of a plugin which was shown a web page instead.
[[nodiscard]] std::vector<std::string> feeds_named_in(const std::string& message);

} // namespace crier::commands

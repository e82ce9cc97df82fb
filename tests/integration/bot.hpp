#pragma once

#include "programs/process.hpp"
#include "programs/sandbox.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <string>
#include <vector>

namespace crier::test {

/// A configuration, the real daemon on it, and its commands.
class Bot {
public:
    /// One account "news" on the sandbox with its token in a file; `rest` is the YAML of schedule and
    /// sources. Waiting times are short: the sandbox has no proxy that could keep a request for two minutes.
    Bot(const TempDir& directory, const Sandbox& sandbox, const std::string& rest,
        const std::string& account_extra = "");

    void start();
    /// Ends it with SIGTERM; the exit code.
    int stop();
    void kill_hard();
    [[nodiscard]] bool running() { return process_ && process_->running(); }
    [[nodiscard]] std::string output() const;
    [[nodiscard]] pid_t pid() const { return process_->pid(); }

    [[nodiscard]] Finished crier(std::vector<std::string> arguments, const std::string& input = {});
    /// The posts of `crier outbox list --json`, newest first.
    [[nodiscard]] std::vector<boost::json::object> outbox();
    /// How many posts are in this state.
    [[nodiscard]] std::size_t count(const std::string& state);

    void set_token(const std::string& token) { write_file(token_file(), token + "\n"); }
    [[nodiscard]] std::string token_file() const { return directory_.file("news.token"); }
    [[nodiscard]] std::string config() const { return directory_.file("crier.yaml"); }
    [[nodiscard]] std::string store() const { return directory_.file("crier.db"); }

    Process::Environment environment;
    std::string program; ///< another crier than the one that was built; empty: that

private:
    const TempDir& directory_;
    std::unique_ptr<Process> process_;
};

/// YAML of a source "blog": the sandbox's feed for "news", looked at each second. `rest` stands under it,
/// four blanks deep.
[[nodiscard]] std::string blog_of(const Sandbox& sandbox, const std::string& rest);

/// The sandbox's default token.
inline constexpr const char* sandbox_token = "sandbox-token";

} // namespace crier::test

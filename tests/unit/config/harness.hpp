#pragma once

#include "config/load.hpp"

#include <map>
#include <string>
#include <vector>

namespace crier::config::testing {

/// Files in memory, and plugins: what load() sees of the outside.
class World {
public:
    std::map<std::string, std::string> files;
    std::vector<std::string> media{"/etc/crier/sun.png"};

    World() = default;
    explicit World(std::string main) { files["/etc/crier/crier.yaml"] = std::move(main); }

    [[nodiscard]] LoadContext context() const {
        LoadContext context;
        context.plugins.push_back({"feed", {"user_agent", "headers", "tags"}, Supply::address});
        context.plugins.push_back({"queue", {"columns"}, Supply::address});
        context.plugins.push_back({"webhook", {"form", "events"}, Supply::inbound, true});
        context.plugins.push_back({"exec", {}, Supply::command, true});
        context.plugins.push_back({"native", {}, Supply::object});
        context.read_file = [this](const std::string& path) -> Result<std::string> {
            const auto found = files.find(path);
            if (found == files.end())
                return Failure{Cause::not_found, "cannot be read: No such file or directory"};
            return found->second;
        };
        context.glob = [this](const std::string& pattern) {
            // Enough for tests: one star, which stands for no slash.
            const std::string before = pattern.substr(0, pattern.find('*'));
            const std::string after = pattern.substr(pattern.find('*') + 1);
            std::vector<std::string> names;
            for (const auto& [name, text] : files)
                if (name.compare(0, before.size(), before) == 0 && name.size() >= after.size() &&
                    name.compare(name.size() - after.size(), after.size(), after) == 0 &&
                    name.find('/', before.size()) == std::string::npos)
                    names.push_back(name);
            return names;
        };
        context.file_exists = [this](const std::string& path) {
            for (const std::string& file : media)
                if (file == path)
                    return true;
            return false;
        };
        context.executable = [](const std::string& path) { return !path.ends_with(".txt"); };
        return context;
    }

    [[nodiscard]] Loaded load() const { return config::load("/etc/crier/crier.yaml", context()); }
};

/// All problems as they are printed, without the directory; empty when there are none.
inline std::string problems_of(const Loaded& loaded) {
    std::string text;
    for (const Problem& problem : loaded.problems)
        text += format(problem) + '\n';
    const std::string directory = "/etc/crier/";
    for (std::size_t at = text.find(directory); at != std::string::npos; at = text.find(directory, at))
        text.erase(at, directory.size());
    return text;
}

inline std::string said(std::string yaml) {
    return problems_of(World{std::move(yaml)}.load());
}

/// Two good accounts in two lines; what is given follows from line 3 on.
inline std::string with_accounts(const std::string& rest) {
    return "version: 1\n"
           "accounts: {news: {server: https://m.example, defaults: {visibility: public}}, art: {server: "
           "https://a.example, token: {env: ART}, defaults: {visibility: unlisted}}}\n" +
           rest;
}

/// An entry of which only one line is of interest; it is on line 4.
inline std::string with_entry(const std::string& line, const std::string& more = {}) {
    return with_accounts("schedule:\n- " + line + "\n" + more);
}

inline std::string with_post(const std::string& post) {
    return with_entry("{name: e, account: news, cron: '0 9 * * *', post: " + post + "}");
}

inline std::string with_account(const std::string& account) {
    return "version: 1\naccounts:\n  news: " + account + "\n";
}

inline Settings settings_of(const std::string& yaml) {
    Loaded loaded = World{yaml}.load();
    if (!loaded.settings)
        throw std::runtime_error(problems_of(loaded));
    return std::move(*loaded.settings);
}

} // namespace crier::config::testing

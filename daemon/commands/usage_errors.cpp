#include "commands/usage_errors.hpp"

#include "core/ascii.hpp"
#include "core/nearest.hpp"
#include "sys/printable.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <ostream>
#include <string_view>

namespace crier::commands {

namespace {

void tell_wrong(std::ostream& err, const std::string& what, const std::string& hint) {
    err << "crier: " << sys::printable(what) << "\n    hint: " << sys::printable(hint) << '\n';
}

/// One of `names` that is meant by `word`, as a question; else where they are listed.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& names,
                         const std::string& listed) {
    const std::string near = nearest(word, {names.begin(), names.end()});
    return near.empty() ? "`" + listed + "` lists them" : "did you mean " + near + "?";
}

std::vector<std::string> shown_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        if (!command->get_group().empty())
            names.push_back(command->get_name());
    return names;
}

std::vector<std::string> option_names(const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options())
        for (const std::string& name : option->get_lnames())
            names.push_back("--" + name);
    return names;
}

bool is_option(std::string_view argument) {
    return argument.size() > 1 && argument.front() == '-' && !ascii::is_digit(argument[1]);
}

/// The first argument that looks like an option and is none; empty: there is none.
std::string unknown_option(const CLI::App& app, const CLI::App* command,
                           const std::vector<std::string>& arguments) {
    for (const std::string& argument : arguments) {
        if (argument == "--")
            break;
        if (!is_option(argument))
            continue;
        const bool is_long = argument.starts_with("--");
        const std::string name = is_long ? argument.substr(0, argument.find('=')) : argument.substr(0, 2);
        if (app.get_option_no_throw(name) == nullptr &&
            (command == nullptr || command->get_option_no_throw(name) == nullptr))
            return name;
    }
    return {};
}

const CLI::App* command_named(const CLI::App& app, std::string_view name) {
    // Also those that are not shown.
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        if (command->get_name() == name)
            return command;
    return nullptr;
}

/// An option before the command that the program itself does not have; what follows may be its value, so it
/// is not looked at as a command.
void tell_early_option(const CLI::App& app, const std::string& option, const std::vector<std::string>& behind,
                       std::ostream& err) {
    std::string hint = did_you_mean(option, option_names(app), "crier --help");
    for (const std::string& word : behind)
        if (const CLI::App* command = command_named(app, word)) {
            if (command->get_option_no_throw(option) != nullptr)
                hint = "it goes behind the command: crier " + word + " " + option;
            break;
        }
    tell_wrong(err, "crier has no option " + option, hint);
}

/// What people type who know another program; empty: nothing that is known.
std::string meant_by(const CLI::App& app, std::string_view word, const std::vector<std::string>& behind) {
    struct Known {
        std::string_view word;
        std::string_view means;
    };
    constexpr Known known[] = {
        {"help", "`crier --help`, or of one command: `crier post --help`"},
        {"version", "`crier --version`"},
        {"start", "`crier run`, or the service: `systemctl start crier`"},
        {"stop", "`systemctl stop crier`, or without systemd: kill PROCESS (it ends what it is at)"},
        {"restart",
         "`systemctl restart crier`; a changed configuration takes no more than `systemctl reload crier`"},
        {"reload",
         "`systemctl reload crier`, or without systemd: kill -HUP PROCESS; `crier check` says before whether "
         "the files are good"},
        {"restore",
         "stop the daemon and put the backup in the store's place: docs/STORE.md, \"Backup and restore\""}};
    if (word == "help" && !behind.empty() && command_named(app, behind.front()) != nullptr)
        return "`crier " + behind.front() + " --help`";
    for (const Known& one : known)
        if (one.word == word)
            return std::string{one.means};
    return {};
}

/// "action: lst not in {list,show}": CLI11's words.
bool tell_wrong_word(const std::string& words, const std::string& help, std::ostream& err) {
    const auto colon = words.find(": ");
    const auto middle = words.find(" not in {");
    const auto end = words.rfind('}');
    if (colon == std::string::npos || middle == std::string::npos || end == std::string::npos ||
        colon + 2 > middle || middle > end)
        return false;
    const std::string word = words.substr(colon + 2, middle - colon - 2);
    const auto first = middle + std::string_view{" not in {"}.size();
    std::vector<std::string> known;
    std::string list;
    for (const std::string_view one : ascii::split(std::string_view{words}.substr(first, end - first), ",")) {
        known.emplace_back(one);
        list += (list.empty() ? "" : ", ") + known.back();
    }
    const std::string near = nearest(word, {known.begin(), known.end()});
    tell_wrong(err, words.substr(0, colon) + " cannot be " + (word.empty() ? "empty" : word),
               near.empty() ? "one of " + list + "; " + help
                            : "did you mean " + near + "? It is one of " + list);
    return true;
}

} // namespace

bool wrong_before_command(const CLI::App& app, const std::vector<std::string>& arguments, std::ostream& err) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& word = arguments[i];
        if (word == "--config") {
            ++i; // its value
            continue;
        }
        const std::vector<std::string> behind(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                              arguments.end());
        if (is_option(word)) {
            const std::string name =
                word.starts_with("--") ? word.substr(0, word.find('=')) : word.substr(0, 2);
            if (name == "--" || app.get_option_no_throw(name) != nullptr)
                continue;
            tell_early_option(app, name, behind, err);
            return true;
        }
        if (word.empty())
            continue;
        if (command_named(app, word) != nullptr)
            return false;
        const std::string meant = meant_by(app, word, behind);
        tell_wrong(err, "there is no command " + word,
                   meant.empty() ? did_you_mean(word, shown_names(app), "crier --help") : meant);
        return true;
    }
    return false;
}

void tell_usage_error(const CLI::App& app, const CLI::ParseError& error,
                      const std::vector<std::string>& arguments, std::ostream& err) {
    const std::vector<CLI::App*> chosen = app.get_subcommands();
    const CLI::App* command = chosen.empty() ? nullptr : chosen.front();
    const std::string name = command == nullptr ? "crier" : "crier " + command->get_name();
    const std::string help = "`" + name + " --help` says what it takes";
    const std::string words = error.what();
    if (const std::string option = unknown_option(app, command, arguments); !option.empty()) {
        const std::vector<std::string> known = option_names(command == nullptr ? app : *command);
        return tell_wrong(err, name + " has no option " + option,
                          did_you_mean(option, known, name + " --help"));
    }
    if (command == nullptr && dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
        return tell_wrong(err, "which command?", "`crier --help` lists them; `crier init` is the first");
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
        const auto colon = words.rfind(": ");
        return tell_wrong(
            err, name + " does not take " + (colon == std::string::npos ? words : words.substr(colon + 2)),
            help);
    }
    if (!tell_wrong_word(words, help, err))
        tell_wrong(err, name + ": " + words, help);
}

} // namespace crier::commands

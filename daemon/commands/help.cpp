#include "commands/help.hpp"

#include "commands/value_word.hpp"
#include "core/ascii.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

namespace crier::commands {

namespace {

constexpr std::size_t narrowest = 40;
constexpr std::size_t widest = 120;
/// Options that are longer stand on a line of their own.
constexpr std::size_t option_column = 26;

/// Text in lines of a width, broken between words.
class Page {
public:
    explicit Page(const HelpLook& look)
        : look_(look) {}

    void heading(std::string_view text) {
        out_ += '\n';
        out_ += look_.bold ? "\x1b[1m" + std::string{text} + "\x1b[0m" : std::string{text};
        out_ += '\n';
    }
    /// From column `indent` on; what is longer goes on below, `hang` further in.
    void paragraph(std::string_view text, std::size_t indent, std::size_t hang = 0) {
        line_ = std::string(indent, ' ');
        bool empty = true;
        for (const std::string_view word : ascii::split(text, " ")) {
            if (word.empty())
                continue;
            if (!empty && line_.size() + 1 + word.size() > look_.width) {
                end_line();
                line_ = std::string(indent + hang, ' ');
                empty = true;
            }
            if (!empty)
                line_ += ' ';
            line_ += word;
            empty = false;
        }
        end_line();
    }
    /// A name, and from `column` on what it means.
    void row(std::string_view name, std::string_view text, std::size_t column) {
        const std::string head = "  " + std::string{name};
        if (head.size() + 2 > column || text.empty()) {
            out_ += head + '\n';
            if (!text.empty())
                paragraph(text, column);
            return;
        }
        const std::size_t start = out_.size();
        paragraph(text, column);
        out_.replace(start, head.size(), head);
    }
    void plain(std::string_view line) { out_.append(line).append("\n"); }
    [[nodiscard]] std::string done() { return std::move(out_); }

private:
    void end_line() {
        const auto last = line_.find_last_not_of(' ');
        out_.append(line_, 0, last == std::string::npos ? 0 : last + 1).append("\n");
    }

    HelpLook look_;
    std::string out_;
    std::string line_;
};

/// "-o, --output FILE", of a command ("": the program's own).
std::string option_head(std::string_view command, const CLI::Option& option) {
    std::vector<std::string> names;
    for (const std::string& name : option.get_snames())
        names.push_back("-" + name);
    for (const std::string& name : option.get_lnames())
        names.push_back("--" + name);
    std::string head;
    for (const std::string& name : names)
        head += (head.empty() ? "" : ", ") + name;
    if (option.get_expected_max() > 0 && option.get_items_expected_max() > 0)
        head.append(" ").append(value_word(command, names));
    return head;
}

class Teacher final : public CLI::FormatterBase {
public:
    explicit Teacher(HelpLook look)
        : look_(look) {}

    std::string make_help(const CLI::App* app, std::string, CLI::AppFormatMode mode) const override {
        const bool is_program = app->get_parent() == nullptr;
        if (is_program && mode == CLI::AppFormatMode::All)
            return everything(*app);
        return is_program ? program(*app) : command(*app);
    }

private:
    using Commands = std::vector<const CLI::App*>;

    static Commands shown_commands(const CLI::App& app) {
        Commands commands =
            app.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); });
        return commands;
    }

    [[nodiscard]] std::string program(const CLI::App& app) const {
        Page page{look_};
        page.paragraph(app.get_description(), 0);
        page.plain("");
        page.plain("  crier COMMAND [OPTIONS]        crier COMMAND --help");
        Commands rest = shown_commands(app);
        constexpr std::size_t column = 14;
        for (const HelpGroup& group : help_groups()) {
            page.heading(group.title);
            for (const CommandHelp& help : group.commands) {
                const auto found = std::find_if(rest.begin(), rest.end(), [&](const CLI::App* one) {
                    return one->get_name() == help.name;
                });
                if (found == rest.end())
                    continue;
                page.row(help.name, help.line, column);
                rest.erase(found);
            }
        }
        if (!rest.empty())
            page.heading("Further");
        for (const CLI::App* one : rest)
            page.row(one->get_name(), one->get_description(), column);
        page.heading("The first hour");
        page.row("crier init", "five questions, and a configuration", 18);
        page.row("crier preview", "what it would post", 18);
        page.row("crier run", "post it", 18);
        options(app, false, "Options", page);
        page.heading("Where things are");
        page.paragraph(
            "The configuration: --config FILE, else $CRIER_CONFIG, else ./crier.yaml, else "
            "/etc/crier/crier.yaml. Commands print JSON with --json. They end with 0 good, 1 failed, "
            "2 usage, 3 configuration, 4 token or permission, 5 server or network, 75 try again.",
            2);
        page.paragraph(
            "The documents: README.md, docs/CONFIG.md (every key), docs/MOVING.md (from another bot), "
            "docs/DELIVERY.md (what each failure does).",
            2);
        return page.done();
    }

    static std::string usage(const CLI::App& app) {
        std::string line = "crier " + app.get_name();
        for (const CLI::Option* option : app.get_options()) {
            if (!option->get_positional())
                continue;
            std::string name = ascii::upper(option->get_name());
            if (option->get_expected_max() > 1)
                name += "...";
            line += option->get_required() ? " " + name : " [" + name + "]";
        }
        return line + " [OPTIONS]";
    }

    [[nodiscard]] std::string command(const CLI::App& app) const {
        const CommandHelp* help = help_of(app.get_name());
        Page page{look_};
        page.paragraph("crier " + app.get_name() + ": " + app.get_description(), 0, 2);
        page.plain("");
        page.paragraph(usage(app), 2, 4);
        if (help != nullptr) {
            page.plain("");
            page.paragraph(help->about, 0);
        }
        options(app, true, "What it takes", page);
        options(app, false, "Options", page);
        if (help == nullptr)
            return page.done();
        page.heading("Examples");
        for (const HelpExample& example : help->examples) {
            example_line(example.command, page);
            page.paragraph(example.what, 6);
        }
        if (!help->exits.empty()) {
            page.heading("It ends with");
            for (const HelpExit& exit : help->exits)
                page.row(std::to_string(exit.code), exit.means, 6);
        }
        if (!help->see.empty()) {
            page.heading("See also");
            page.paragraph(help->see, 2);
        }
        return page.done();
    }

    /// What is broken is broken so that a shell takes it all the same.
    void example_line(std::string_view command, Page& page) const {
        std::string line = "  ";
        bool first = true;
        for (const std::string_view word : ascii::split(command, " ")) {
            if (!first && line.size() + word.size() + 3 > look_.width) {
                page.plain(line + " \\");
                line = "      " + std::string{word};
                continue;
            }
            line += (first ? "" : " ") + std::string{word};
            first = false;
        }
        page.plain(line);
    }

    static void options(const CLI::App& app, bool positional, std::string_view title, Page& page) {
        const std::string command = app.get_parent() == nullptr ? std::string{} : app.get_name();
        bool any = false;
        for (const CLI::Option* option : app.get_options()) {
            if (option->get_positional() != positional || option->get_group().empty() ||
                (option->get_name() == "--help-all" && app.get_parent() != nullptr))
                continue;
            if (!any)
                page.heading(title);
            any = true;
            page.row(positional ? ascii::upper(option->get_name()) : option_head(command, *option),
                     option->get_description(), option_column);
        }
    }

    [[nodiscard]] std::string everything(const CLI::App& app) const {
        std::string all = program(app);
        for (const CLI::App* one : shown_commands(app))
            all += "\n" + command(*one);
        return all;
    }

    HelpLook look_;
};

} // namespace

HelpLook help_look(const sys::Environment& environment, bool terminal) {
    HelpLook look;
    if (!terminal)
        return look;
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        look.width = std::clamp<std::size_t>(size.ws_col, narrowest, widest);
    const auto no_color = environment.get("NO_COLOR");
    const auto kind = environment.get("TERM");
    look.bold = (!no_color || no_color->empty()) && kind && *kind != "dumb";
    return look;
}

void give_lines(CLI::App& app) {
    for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        if (const CommandHelp* help = help_of(command->get_name()))
            command->description(std::string{help->line});
}

void teach(CLI::App& app, const HelpLook& look) {
    const auto teacher = std::make_shared<Teacher>(look);
    app.formatter(teacher);
    for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
        command->formatter(teacher);
}

} // namespace crier::commands

#pragma once

#include "kit/yaml.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <cstddef>
#include <string>
#include <vector>

namespace crier::kit {

/// Makes a value of yaml-cpp's events. Its own tree copies an alias each time it is looked at, and goes as
/// deep as the text says. Only yaml.cpp uses it.
class YamlBuilder final : public YAML::EventHandler {
public:
    YamlBuilder(Yaml& yaml, std::size_t lines_before, std::size_t size)
        : yaml_(yaml)
        , lines_before_(lines_before)
        , copies_left_(4 * size + 4096) {}

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& text) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override { close(); }

private:
    /// A list or map whose end has not come.
    struct Open {
        boost::json::value value;
        YAML::anchor_t anchor = 0;
        std::size_t line = 0;
        boost::json::object merged; ///< of `<<: *name`: the keys of it that the map has not count
        std::string key;
        bool has_key = false;
    };

    void start(boost::json::value value, const YAML::Mark& mark, YAML::anchor_t anchor);
    void close();
    /// Hangs a value into the innermost open list or map, as a map's key where one is to come.
    void add(boost::json::value value, std::size_t line, YAML::anchor_t anchor);
    void set_key(const boost::json::value& value, std::size_t line);
    /// Counts a copy of it: what aliases make of a text is not to grow faster than the text.
    const boost::json::value& copied(const boost::json::value& value, std::size_t line);
    [[nodiscard]] std::size_t line_of(const YAML::Mark& mark) const;
    [[noreturn]] static void too_deep(std::size_t line);
    [[noreturn]] static void fail(std::size_t line, const std::string& words);

    Yaml& yaml_;
    std::size_t lines_before_;
    std::size_t copies_left_;
    std::vector<Open> open_;
    std::vector<boost::json::value> anchors_; ///< by number
    bool any_document_ = false;
};

} // namespace crier::kit

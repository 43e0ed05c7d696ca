#include "service/chat/formats/harmony.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "service/chat/formats/answer.h"
#include "service/chat/formats/call_grammar.h"
#include "service/chat/formats/harmony_parser.h"

namespace peregrine::service {
namespace {

using Node = GrammarBuilder::Node;

// Analysis and preambles before the last message of an answer.
constexpr std::uint32_t kMaxEarlierMessages = 256;

std::string words(std::string_view text) {
  return std::string(text);
}

class HarmonyGrammar {
 public:
  HarmonyGrammar(GrammarBuilder& builder, const FormatRequest& request)
      : builder_(builder), request_(request) {}

  Result<Node> answer() {
    PEREGRINE_ASSIGN(text_, builder_.text_without({}));
    PEREGRINE_ASSIGN(next_, builder_.literal(control_mark(harmony::kEnd) + control_mark(harmony::kStart) +
                                             words(harmony::kRole)));
    PEREGRINE_ASSIGN(const auto shape, answer_node(builder_, request_.answer));
    final_text_ = shape.value_or(text_);
    PEREGRINE_ASSIGN(calls_, call_nodes(builder_, request_.tool_use));
    const bool required = calls_required(request_.tool_use);
    if (request_.prompt_opens_answer && !required) return final_text_;

    std::vector<Node> last;
    if (!required) {
      PEREGRINE_ASSIGN(const Node node, final_message());
      last.push_back(node);
    }
    if (!calls_.empty()) {
      PEREGRINE_ASSIGN(const Node node, call());
      last.push_back(node);
    }
    PEREGRINE_ASSIGN(const Node earlier, earlier_messages());
    const Node messages = builder_.sequence({earlier, builder_.choice(last)});
    return request_.prompt_opens_answer ? builder_.sequence({text_, next_, messages}) : messages;
  }

 private:
  Result<Node> message(std::string_view channel) {
    PEREGRINE_ASSIGN(const Node header, builder_.literal(control_mark(harmony::kChannel) + words(channel) +
                                                         control_mark(harmony::kMessage)));
    return builder_.sequence({header, text_, next_});
  }

  Result<Node> earlier_messages() {
    std::vector<Node> kinds;
    if (request_.reasoning) {
      PEREGRINE_ASSIGN(const Node node, message(harmony::kAnalysis));
      kinds.push_back(node);
    }
    // A preamble is content: beside an answer of a certain form there is no room for one.
    if (!calls_.empty() && request_.answer.kind == AnswerKind::kText) {
      PEREGRINE_ASSIGN(const Node node, message(harmony::kCommentary));
      kinds.push_back(node);
    }
    if (kinds.empty()) return builder_.literal("");
    return builder_.repeat(builder_.choice(kinds), 0, kMaxEarlierMessages);
  }

  // The end of a header whose body is JSON, in the ways the model writes it.
  Result<Node> json_type() {
    const std::string type = control_mark(harmony::kConstrain) + "json";
    return end_of_header({"", " " + type, type, " json"});
  }

  Result<Node> end_of_header(std::vector<std::string> types) {
    for (std::string& type : types) type += control_mark(harmony::kMessage);
    return builder_.one_of(types);
  }

  Result<Node> final_message() {
    const AnswerKind kind = request_.answer.kind;
    const bool json = kind == AnswerKind::kJsonObject || kind == AnswerKind::kJsonSchema;
    PEREGRINE_ASSIGN(const Node channel,
                     builder_.literal(control_mark(harmony::kChannel) + words(harmony::kFinal)));
    PEREGRINE_ASSIGN(const Node type, json ? json_type() : end_of_header({""}));
    return builder_.sequence({channel, type, final_text_});
  }

  // With the recipient after the channel, as the model was trained, or before it, as its template has it.
  Result<Node> call() {
    const std::string channel = control_mark(harmony::kChannel) + words(harmony::kCommentary);
    const std::string recipient = " to=" + words(harmony::kFunctions);
    PEREGRINE_ASSIGN(const Node type, json_type());
    PEREGRINE_ASSIGN(const Node channel_first, builder_.literal(channel + recipient));
    PEREGRINE_ASSIGN(const Node recipient_first, builder_.literal(recipient));
    PEREGRINE_ASSIGN(const Node channel_then, builder_.literal(channel));
    std::vector<Node> after_channel;
    std::vector<Node> before_channel;
    for (const auto& [name, arguments] : calls_) {
      after_channel.push_back(builder_.sequence({name, type, arguments}));
      before_channel.push_back(builder_.sequence({name, channel_then, type, arguments}));
    }
    return builder_.choice({builder_.sequence({channel_first, builder_.choice(after_channel)}),
                            builder_.sequence({recipient_first, builder_.choice(before_channel)})});
  }

  GrammarBuilder& builder_;
  const FormatRequest& request_;
  std::vector<CallNodes> calls_;
  Node text_ = 0;        // any
  Node next_ = 0;        // the end of a message and the beginning of the next
  Node final_text_ = 0;  // what the answer may be
};

class HarmonyFormat final : public ChatFormat {
 public:
  std::string_view name() const override { return "harmony"; }

  std::unique_ptr<OutputParser> parser(const FormatRequest& request) const override {
    return std::make_unique<HarmonyParser>(request);
  }

  Result<std::optional<Node>> constraint(GrammarBuilder& builder,
                                         const FormatRequest& request) const override {
    PEREGRINE_ASSIGN(const Node node, HarmonyGrammar(builder, request).answer());
    return node;
  }
};

}  // namespace

std::shared_ptr<const ChatFormat> make_harmony_format() {
  return std::make_shared<HarmonyFormat>();
}

}  // namespace peregrine::service

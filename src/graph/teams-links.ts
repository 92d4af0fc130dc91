/** Where Microsoft Teams shows things: links that clients take as they are. [Microsoft Teams: Deep links to Teams] */
const TEAMS = 'https://teams.microsoft.com/l';

/** [Graph: channel resource type, webUrl] */
export function channelLink(teamId: string, channelId: string, name: string): string {
  return `${TEAMS}/channel/${pathOf(channelId, name)}?${queryOf({ groupId: teamId })}`;
}

/** [Graph: chat resource type, webUrl] */
export function chatLink(chatId: string): string {
  return `${TEAMS}/chat/${pathOf(chatId, '0')}`;
}

/** A message in a channel; one that begins a conversation is its own parent. [Graph: chatMessage resource type, webUrl] */
export function messageLink(teamId: string, channelId: string, messageId: string, parentMessageId: string): string {
  return `${TEAMS}/message/${pathOf(channelId, messageId)}?${queryOf({ groupId: teamId, parentMessageId })}`;
}

/** [Graph: teamsTab resource type, webUrl] */
export function tabLink(conversationId: string, tabId: string, label: string): string {
  return `${TEAMS}/channel/${pathOf(conversationId, `tab::${tabId}`)}?${queryOf({ label })}`;
}

/** [Graph: onlineMeeting resource type, joinWebUrl] */
export function joinLink(threadId: string): string {
  return `${TEAMS}/meetup-join/${pathOf(threadId, '0')}`;
}

/** [Graph: educationAssignment resource type, webUrl] */
export function assignmentLink(classId: string, assignmentId: string): string {
  const context = JSON.stringify({
    classes: [{ id: classId, assignmentIds: [assignmentId] }],
    view: 'assignment-viewer',
  });
  return `${TEAMS}/entity/66aeee93-507d-479a-a3ef-8f494af43945/classroom?${queryOf({ context })}`;
}

function pathOf(...segments: readonly string[]): string {
  return segments.map(encodeURIComponent).join('/');
}

function queryOf(parameters: Readonly<Record<string, string>>): string {
  return new URLSearchParams(parameters).toString();
}
